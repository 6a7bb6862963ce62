//! Tests: every part of every stored form has a class.
