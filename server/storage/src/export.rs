//! Exports: the archive of a member's data, streamed into the store while it is made, and removed when its time is over.

mod archive;

use crate::FileStore;
use archive::Archive;
use futures::StreamExt;
use market::export::{self, Claimed, Status};
use market::id::{ExportId, FileId};
use market::inventory::{TABLES, Whose};
use market::{Market, Result};
use serde_json::json;

/// Returns the store's name of an archive.
pub fn archive_id(id: &ExportId) -> FileId {
    FileId::from(id.as_str())
}

/// Builds the export that is due first, or removes it if its time is over; false if none is due. A worker calls this.
pub async fn export_due(market: &Market, store: &FileStore) -> Result<bool> {
    let Some(claimed) = export::claim(market).await? else { return Ok(false) };
    if claimed.status != Status::Preparing {
        store.remove(&archive_id(&claimed.id), claimed.parts.as_deref()).await?;
        market::act!(market, |tx| export::forget(tx, &claimed.id).await)?;
        return Ok(true);
    }
    if let Err(error) = build(market, store, &claimed).await {
        tracing::warn!(id = %claimed.id, code = %error.code, "an export could not be built");
        market::act!(market, |tx| export::fail(tx, &claimed).await)?;
    }
    Ok(true)
}

async fn build(market: &Market, store: &FileStore, claimed: &Claimed) -> Result<()> {
    // An attempt that broke off may have left something.
    store.remove(&archive_id(&claimed.id), claimed.parts.as_deref()).await?;
    let whose = export::whose(market, &claimed.member_id).await?;
    let mut archive = Archive::new(market, &claimed.id, store.put(&archive_id(&claimed.id))?);
    let about = json!({ "member": claimed.member_id, "made_at": market.clock.now(), "server": market.rules.base_url });
    archive.begin("about.json", None).await?;
    archive.write(about.to_string().as_bytes()).await?;
    for table in TABLES.iter() {
        for (n, part) in table.parts.iter().enumerate().filter(|(_, part)| !part.file.is_empty()) {
            archive.begin(&format!("data/{}.json", part.file), None).await?;
            rows(market, &mut archive, &whose, (table.name, n)).await?;
        }
    }
    files(market, store, &mut archive, &whose).await?;
    let size = archive.finish().await?;
    market::act!(market, |tx| export::finish(market, tx, &claimed.id, size).await).map(drop)
}

/// Writes the rows of a part of a table as a list, as they stand at one moment.
async fn rows(market: &Market, archive: &mut Archive<'_>, whose: &Whose, of: (&'static str, usize)) -> Result<()> {
    let mut conn = market.snapshot().await?;
    let (mut offset, mut has_more) = (0, true);
    archive.write(b"[").await?;
    while has_more {
        let some;
        (some, has_more) = export::rows(&mut conn, whose, of, offset).await?;
        for row in some {
            archive.write(if offset == 0 { b"\n" } else { b",\n" }).await?;
            archive.write(serde_json::Value::Object(row).to_string().as_bytes()).await?;
            offset += 1;
        }
    }
    archive.write(b"\n]\n").await
}

/// Writes the files that the member sent.
async fn files(market: &Market, store: &FileStore, archive: &mut Archive<'_>, whose: &Whose) -> Result<()> {
    let (mut after, mut has_more) = (String::new(), true);
    while has_more {
        let some;
        (some, has_more) = export::files(market, whose, &after).await?;
        for file in some {
            after = file.id.to_string();
            let size = file.size.unsigned_abs();
            // A file can be removed between the list and here.
            let Ok(mut bytes) = store.get(&file.id, 0..size).await else { continue };
            archive.begin(&format!("files/{}-{}", file.id, file.name), Some(size)).await?;
            while let Some(chunk) = bytes.next().await {
                archive.write(&chunk.map_err(|error| crate::broken("a file could not be read", &error))?).await?;
            }
        }
    }
    Ok(())
}
