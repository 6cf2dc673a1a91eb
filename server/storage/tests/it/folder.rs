//! A folder of this machine.

use crate::contract::{self, bytes, later, put};
use market::id::{FileId, random};
use std::fs;
use std::path::PathBuf;
use storage::FileStore;

struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Self {
        Self(std::env::temp_dir().join(random("guildhall_storage_")))
    }

    fn store(&self) -> FileStore {
        FileStore::folder(&self.0, "home").unwrap()
    }

    /// The names in it.
    fn names(&self) -> Vec<String> {
        let all = fs::read_dir(self.0.join("home")).unwrap();
        all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // A leftover that can't be removed lies in the temporary folder, where it does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn it_keeps_what_it_is_given() {
    let folder = Temporary::new();
    contract::what_goes_in_comes_out(&folder.store()).await;
    contract::nothing_comes_out_of_an_empty_file(&folder.store()).await;
    contract::what_is_there_is_listed(&folder.store()).await;
}

#[tokio::test]
async fn what_broke_off_leaves_nothing() {
    let folder = Temporary::new();
    contract::what_breaks_off_is_not_there(&folder.store()).await;
    assert_eq!(folder.names(), [""; 0]);
}

#[tokio::test]
async fn a_part_is_swept_like_a_whole() {
    let folder = Temporary::new();
    let store = folder.store();
    let id = FileId::new();
    let mut writer = store.put(&id).unwrap();
    writer.write(bytes(3 << 20)).await.unwrap();
    writer.wait_idle().await;
    std::mem::forget(writer);
    assert_eq!(folder.names(), [format!("{id}.part")], "as a killed process leaves it");
    assert_eq!(store.older_than(later()).await.unwrap(), std::slice::from_ref(&id));
    store.remove(&id, None).await.unwrap();
    assert_eq!(folder.names(), [""; 0]);
}

#[tokio::test]
async fn nobody_else_looks_in() {
    let folder = Temporary::new();
    let (id, _) = put(&folder.store(), &bytes(10), 10).await;
    #[cfg(unix)]
    for (path, mode) in [(folder.0.join("home"), 0o700), (folder.0.join("home").join(id.as_str()), 0o600)] {
        let found = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777;
        assert_eq!(found, mode, "{}", path.display());
    }
}

#[tokio::test]
async fn a_disk_that_fails_is_no_panic() {
    let folder = Temporary::new();
    let store = folder.store();
    fs::remove_dir_all(&folder.0).unwrap();
    let mut writer = store.put(&FileId::new()).unwrap();
    writer.write(bytes(10)).await.unwrap();
    let error = writer.finish().await.unwrap_err();
    assert_eq!((error.kind.status(), error.code.as_ref()), (503, "storage_unavailable"));
    assert!(!error.message.contains("No such file"), "the details are the operator's: {error}");
}

#[tokio::test]
async fn it_takes_nothing_while_all_files_are_too_much() {
    let folder = Temporary::new();
    let store = folder.store();
    store.refuse_uploads(true);
    let error = store.clone().put(&FileId::new()).map(drop).unwrap_err();
    assert_eq!((error.kind.status(), error.code.as_ref()), (503, "storage_full"));
    store.refuse_uploads(false);
    assert!(store.put(&FileId::new()).is_ok());
}
