//! Whom the server runs as: PostgreSQL refuses to run as root.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use crate::Fault;

/// A user to run as in root's place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner {
    user: u32,
    group: u32,
}

impl Owner {
    /// Nobody else when this process is not root's.
    pub(crate) fn to_run_as() -> Result<Option<Self>, Fault> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd").map_err(|error| Fault::System("the list of users", error))?;
        let found = ["postgres", "nobody"].into_iter().find_map(|name| Self::named(name, &users));
        found.map(Some).ok_or(Fault::NobodyToRunAs)
    }

    fn named(name: &str, users: &str) -> Option<Self> {
        let mut fields = users.lines().map(|line| line.split(':')).find(|line| line.clone().next() == Some(name))?;
        Some(Self { user: fields.nth(2)?.parse().ok()?, group: fields.next()?.parse().ok()? })
    }

    /// Makes a file or a directory theirs.
    pub(crate) fn give(self, path: &Path) -> Result<(), Fault> {
        chown(path, Some(self.user), Some(self.group)).map_err(|error| Fault::System("giving a file away", error))
    }

    /// Lets a command run as them.
    pub(crate) fn run(self, command: &mut Command) {
        command.uid(self.user).gid(self.group);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_the_whole_name() {
        let users = "root:x:0:0::/root:/bin/sh\npostgresql:x:7:8::/:/bin/sh\npostgres:x:101:102::/:/bin/sh\n";
        let owner = Owner::named("postgres", users).map(|owner| (owner.user, owner.group));
        assert_eq!(owner, Some((101, 102)));
        assert!(Owner::named("nobody", users).is_none());
    }
}
