//! Folders as values: maps from relative paths to bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Result;

/// A folder: relative paths with `/`, and contents. It is sorted, so that equal folders have equal hashes.
pub(crate) type Folder = BTreeMap<String, Vec<u8>>;

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}

pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |e| format!("cannot write {}: {e}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(path, bytes).map_err(failed)
}

/// Removes a folder; a missing one is no error.
pub(crate) fn remove(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(format!("cannot remove {}: {e}", path.display())),
        _ => Ok(()),
    }
}

/// Reads every file below `root` except hidden ones, which editors and desktops leave anywhere.
pub(crate) fn read_folder(root: &Path) -> Result<Folder> {
    let mut folder = Folder::new();
    collect(root, "", &mut folder)?;
    Ok(folder)
}

fn collect(at: &Path, prefix: &str, folder: &mut Folder) -> Result<()> {
    let failed = |e| format!("cannot list {}: {e}", at.display());
    for entry in fs::read_dir(at).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().into_string().map_err(|n| format!("{n:?} is not UTF-8"))?;
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), folder)?;
        } else {
            folder.insert(format!("{prefix}{name}"), read(&path)?);
        }
    }
    Ok(())
}

/// Computes the first 16 hexadecimal digits of SHA-256: enough to tell builds apart, short enough to read.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        // Lengths keep ("ab", "c") apart from ("a", "bc").
        sha.update((part.len() as u64).to_le_bytes());
        sha.update(part);
    }
    sha.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn hash_folder(folder: &Folder) -> String {
    hash(folder.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_sees_content_names_and_borders() {
        let one = hash([b"ab".as_slice(), b"c"]);
        assert_eq!(one.len(), 16);
        assert_eq!(one, hash([b"ab".as_slice(), b"c"]));
        assert_ne!(one, hash([b"a".as_slice(), b"bc"]));
    }

    #[test]
    fn a_folder_is_read_whole_without_hidden_files() {
        let root = std::env::temp_dir().join(format!("site-files-{}", std::process::id()));
        write(&root.join("a.txt"), b"a").expect("write");
        write(&root.join("deep/er/b.txt"), b"b").expect("write");
        write(&root.join(".hidden"), b"x").expect("write");
        let folder = read_folder(&root).expect("read");
        assert_eq!(folder.keys().collect::<Vec<_>>(), ["a.txt", "deep/er/b.txt"]);
        remove(&root).expect("remove");
        remove(&root).expect("removing twice is fine");
    }
}
