//! Finds the requested part of the work and renders it.

use super::render::{Form, changes, guess, of_type, show};
use super::shown::Shown;
use super::work::{Look, Named, Wanted, Work};
use futures::TryStreamExt;
use market::deliverable::Deliverable;
use market::file::File;
use market::{Error, Result};
use storage::FileStore;

/// The longest text that a page shows, in bytes; longer ones can be downloaded.
const TEXT_MOST: i64 = 1 << 20;

/// Loads the part of the work that `wanted` names; none before the first delivery. `all` has every version, newest first.
pub(crate) async fn work(files: &FileStore, all: Vec<Deliverable>, wanted: &Wanted) -> Result<Option<Work>> {
    let Some(newest) = all.first().map(|made| made.version) else { return Ok(None) };
    let version = if all.iter().any(|made| made.version == wanted.version) { wanted.version } else { newest };
    let Some(made) = all.iter().find(|made| made.version == version) else { return Ok(None) };
    let before = all.iter().find(|made| made.version < version);
    let has_text = !made.content.is_empty();
    let first = if has_text { None } else { made.files.first() };
    let file = made.files.iter().find(|file| file.id.as_str() == wanted.file).or(first);
    let piece = read(files, made, file).await?;
    let older = match before {
        Some(before) => match file.map(|file| before.files.iter().find(|older| older.name == file.name)) {
            Some(None) => None,
            Some(Some(file)) => read(files, before, Some(file)).await?.text(),
            None => read(files, before, None).await?.text(),
        },
        None => None,
    };
    let laid = lay_out(piece, older, wanted.look).await?;
    Ok(Some(Work {
        versions: all.iter().map(|made| made.version).collect(),
        version,
        created_at: made.created_at,
        note: made.note.clone(),
        has_text,
        files: made.files.iter().map(named).collect(),
        file: file.map(named),
        before: before.filter(|_| laid.compared).map(|made| made.version),
        look: laid.look,
        has_source: laid.has_source,
        shown: laid.shown,
    }))
}

/// Converts a file to its name and size for a page.
pub(crate) fn named(file: &File) -> Named {
    Named { id: file.id.clone(), name: file.name.clone(), size: file.size }
}

/// A part of the work before rendering.
enum Piece {
    Text(String, Form),
    Other(Shown),
}

impl Piece {
    fn text(self) -> Option<String> {
        match self {
            Piece::Text(text, _) => Some(text),
            Piece::Other(_) => None,
        }
    }
}

async fn read(files: &FileStore, made: &Deliverable, file: Option<&File>) -> Result<Piece> {
    let Some(file) = file else { return Ok(Piece::Text(made.content.clone(), guess(&made.content))) };
    let media = file.content_type.as_str();
    Ok(match of_type(media) {
        Some(_) if file.size > TEXT_MOST => Piece::Other(Shown::Nothing("It is too long for a page; download it.".into())),
        Some(form) => Piece::Text(text(files, file).await?, form),
        None if matches!(media, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif") => Piece::Other(Shown::Image),
        None if media.starts_with("audio/") => Piece::Other(Shown::Audio),
        None if media.starts_with("video/") || media == "application/ogg" => Piece::Other(Shown::Video),
        None if media == "application/pdf" => Piece::Other(Shown::Pages),
        None => Piece::Other(Shown::Nothing("A page can’t show this kind of file; download it.".into())),
    })
}

async fn text(files: &FileStore, file: &File) -> Result<String> {
    let size = u64::try_from(file.size).unwrap_or_default();
    let parts: Vec<bytes::Bytes> = files.get(&file.id, 0..size).await?.try_collect().await.map_err(|_| Error::unavailable())?;
    Ok(String::from_utf8_lossy(&parts.concat()).into_owned())
}

struct Laid {
    look: Look,
    compared: bool,
    has_source: bool,
    shown: Shown,
}

/// Renders a part on a blocking thread, because long texts take a while.
async fn lay_out(piece: Piece, older: Option<String>, look: Look) -> Result<Laid> {
    let (text, form) = match piece {
        Piece::Other(shown) => return Ok(Laid { look: Look::Whole, compared: false, has_source: false, shown }),
        Piece::Text(text, form) => (text, form),
    };
    let compared = older.is_some();
    let has_source = form != Form::Plain;
    let look = match look {
        Look::Changes if !compared => Look::Whole,
        Look::Source if !has_source => Look::Whole,
        look => look,
    };
    let laid = tokio::task::spawn_blocking(move || match (look, older) {
        (Look::Changes, Some(older)) => Shown::Changes(changes(&older, &text)),
        (look, _) => show(&text, form, look == Look::Source),
    });
    Ok(Laid { look, compared, has_source, shown: laid.await.map_err(|_| Error::internal())? })
}
