//! The contract that every backend of the store keeps.

use bytes::Bytes;
use futures::TryStreamExt;
use market::Time;
use market::file::ReceivedFile;
use market::id::FileId;
use market::time::Clock;
use sha2::{Digest, Sha256};
use std::ops::Range;
use storage::FileStore;

/// So many bytes, no two places alike.
pub(crate) fn bytes(n: usize) -> Bytes {
    (0..n.div_ceil(8)).flat_map(|i| (i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes()).take(n).collect::<Vec<_>>().into()
}

pub(crate) async fn put(store: &FileStore, whole: &Bytes, piece: usize) -> (FileId, ReceivedFile) {
    let id = FileId::new();
    let mut writer = store.put(&id).unwrap();
    for start in (0..whole.len()).step_by(piece) {
        writer.write(whole.slice(start..(start + piece).min(whole.len()))).await.unwrap();
    }
    assert_eq!(writer.size(), whole.len() as u64);
    (id, writer.finish().await.unwrap())
}

pub(crate) async fn get(store: &FileStore, id: &FileId, range: Range<u64>) -> Option<Vec<u8>> {
    let pieces: Vec<Bytes> = store.get(id, range).await.ok()?.try_collect().await.ok()?;
    Some(pieces.concat())
}

pub(crate) fn later() -> Time {
    Clock::System.now().after(market::Duration::hours(1))
}

/// Sizes around every boundary there is, in pieces of every kind.
pub(crate) async fn what_goes_in_comes_out(store: &FileStore) {
    const MIB: usize = 1 << 20;
    for (size, piece) in [(1, 1), (8192, 100), (MIB, MIB), (MIB + 1, 65_537), (5 * MIB, MIB), (10 * MIB, 3 * MIB), (12 * MIB + 7, 400_000)]
    {
        let whole = bytes(size);
        let (id, arrived) = put(store, &whole, piece).await;
        let sha256: String = Sha256::digest(&whole).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(arrived, ReceivedFile { size: size as i64, sha256 }, "{size} in pieces of {piece}");
        let all = size as u64;
        for range in [0..all, 0..1, all - 1..all, all / 3..all / 2 + 1] {
            let want = &whole[range.start as usize..range.end as usize];
            assert!(get(store, &id, range.clone()).await.unwrap() == want, "{range:?} of {size}");
        }
        store.remove(&id, None).await.unwrap();
        assert_eq!(get(store, &id, 0..1).await, None, "it is removed");
        store.remove(&id, None).await.expect("removing what is not there is fine");
    }
}

/// A file without a byte is a file.
pub(crate) async fn nothing_comes_out_of_an_empty_file(store: &FileStore) {
    let id = FileId::new();
    let mut writer = store.put(&id).unwrap();
    writer.write(Bytes::new()).await.unwrap();
    assert_eq!(writer.finish().await.unwrap().size, 0);
    assert_eq!(get(store, &id, 0..0).await.as_deref(), Some(&b""[..]));
    store.remove(&id, None).await.unwrap();
}

/// Listing returns exactly the stored files that were written before the given time.
pub(crate) async fn what_is_there_is_listed(store: &FileStore) {
    assert_eq!(store.older_than(later()).await.unwrap(), []);
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(put(store, &bytes(10), 10).await.0);
    }
    ids.sort();
    let mut listed = store.older_than(later()).await.unwrap();
    listed.sort();
    assert_eq!(listed, ids);
    assert_eq!(store.older_than(Clock::System.now().before(market::Duration::hours(1))).await.unwrap(), [], "they are new");
}

/// Dropped half-way, it is not there; settled and removed, nothing is.
pub(crate) async fn what_breaks_off_is_not_there(store: &FileStore) {
    for size in [10, 3 << 20, 16 << 20] {
        let id = FileId::new();
        let mut writer = store.put(&id).unwrap();
        writer.write(bytes(size)).await.unwrap();
        writer.write(bytes(size)).await.unwrap();
        assert_eq!(get(store, &id, 0..1).await, None, "it is not whole");
        let parts = writer.parts().map(str::to_owned);
        writer.wait_idle().await;
        drop(writer);
        assert_eq!(get(store, &id, 0..1).await, None, "nor is it ever");
        store.remove(&id, parts.as_deref()).await.unwrap();
    }
    assert_eq!(store.older_than(later()).await.unwrap(), []);
}
