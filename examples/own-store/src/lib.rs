#![doc = include_str!("../README.md")]

mod folder;
mod form;
mod maps;
mod store;

pub use store::FolderStore;
