//! Files and folders that only their owner may open: they hold accounts and mail.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Creates a folder, and those around it, for its owner alone. A folder that is there keeps its mode, because the operator may share
/// it on purpose.
pub(crate) fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Warns the operator of a folder that other accounts may open.
pub(crate) fn warn_of_open_folder(path: &Path) {
    #[cfg(unix)]
    if fs::metadata(path).is_ok_and(|found| std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o077 != 0) {
        let path = path.display();
        tracing::warn!("other accounts of this machine may open {path}, which holds accounts and mail: close it with chmod 700 {path}");
    }
}

/// Creates a file for its owner alone, from its first byte, and closes one that was open to others.
pub(crate) fn file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // An older file keeps its mode when it is opened, so set it.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.sync_all()
}

/// Closes the files of a SQLite database to others, before SQLite makes those beside it with the same mode. Files that belong to
/// another account stay as they are.
pub(crate) fn database(path: &Path) -> io::Result<()> {
    if !path.exists() {
        return file(path);
    }
    let beside = |suffix: &str| path.with_file_name(format!("{}{suffix}", path.file_name().unwrap_or_default().to_string_lossy()));
    for path in [path.to_owned(), beside("-wal"), beside("-shm")].iter().filter(|path| path.exists()) {
        // Not by opening it: closing a file again would drop the locks that this process holds on it.
        if let Err(error) = close_to_others(path) {
            tracing::warn!(%error, "{} may be open to other accounts of this machine", path.display());
        }
    }
    Ok(())
}

fn close_to_others(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
