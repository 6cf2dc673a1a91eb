//! Finds the requested part of the work and renders it.

use super::layouts::lay_out;
use super::render::{TextFormat, changes, detect, of_type, show};
use super::rendered::RenderedWork;
use super::work::{ArtifactMode, ArtifactParams, FileName, Work};
use futures::TryStreamExt;
use market::deliverable::Deliverable;
use market::file::{self, File};
use market::text::unix_lines;
use market::{Error, Result};
use storage::FileStore;

/// The longest text that a page shows, in bytes; longer ones can be downloaded.
const TEXT_MAX: i64 = 1 << 20;

/// Loads the part of the work that `params` names; none before the first delivery. `all` has every version, newest first.
pub(crate) async fn work(files: &FileStore, all: Vec<Deliverable>, params: &ArtifactParams) -> Result<Option<Work>> {
    let Some(newest) = all.first().map(|made| made.version) else { return Ok(None) };
    let version = if all.iter().any(|made| made.version == params.version) { params.version } else { newest };
    let Some(made) = all.iter().find(|made| made.version == version) else { return Ok(None) };
    let before = all.iter().find(|made| made.version < version);
    let has_text = !made.content.is_empty();
    let first = if has_text { None } else { made.files.first() };
    let file = made.files.iter().find(|file| file.id.as_str() == params.file).or(first);
    let piece = read(files, made, file).await?;
    let older = match before {
        Some(before) => match file.map(|file| before.files.iter().find(|older| older.name == file.name)) {
            Some(None) => None,
            Some(Some(file)) => read(files, before, Some(file)).await?.text(),
            None => read(files, before, None).await?.text(),
        },
        None => None,
    };
    let laid = render(piece, older, params.look).await?;
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
pub(crate) fn named(file: &File) -> FileName {
    FileName { id: file.id.clone(), name: file.name.clone(), size: file.size }
}

/// A part of the work before rendering.
enum Artifact {
    Text(String, TextFormat),
    Other(RenderedWork),
}

impl Artifact {
    fn text(self) -> Option<String> {
        match self {
            Artifact::Text(text, _) => Some(text),
            Artifact::Other(_) => None,
        }
    }
}

async fn read(files: &FileStore, made: &Deliverable, file: Option<&File>) -> Result<Artifact> {
    let Some(file) = file else { return Ok(Artifact::Text(made.content.clone(), detect(&made.content))) };
    let media = file.content_type.as_str();
    Ok(match of_type(media) {
        Some(_) if file.size > TEXT_MAX => Artifact::Other(RenderedWork::Nothing("It is too long for a page; download it.".into())),
        Some(form) => Artifact::Text(text(files, file).await?, form),
        None if matches!(media, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif") => {
            Artifact::Other(RenderedWork::Image)
        }
        None if media.starts_with("audio/") => Artifact::Other(RenderedWork::Audio),
        None if media.starts_with("video/") || media == "application/ogg" => Artifact::Other(RenderedWork::Video),
        None if media == "application/pdf" => Artifact::Other(RenderedWork::Pages),
        None if file::is_foreign_text(&file.name, media) => {
            Artifact::Other(RenderedWork::Nothing("Its text is not UTF-8, so a page can’t show it; download it.".into()))
        }
        None => Artifact::Other(RenderedWork::Nothing("A page can’t show this kind of file; download it.".into())),
    })
}

async fn text(files: &FileStore, file: &File) -> Result<String> {
    let size = u64::try_from(file.size).unwrap_or_default();
    let parts: Vec<bytes::Bytes> = files.get(&file.id, 0..size).await?.try_collect().await.map_err(|_| Error::unavailable())?;
    // Programs write a byte order mark and line ends of their own; neither is part of a line.
    Ok(unix_lines(&String::from_utf8_lossy(&parts.concat())).into_owned())
}

struct RenderedArtifact {
    look: ArtifactMode,
    compared: bool,
    has_source: bool,
    shown: RenderedWork,
}

/// Renders a part on a blocking thread, because long texts take a while.
async fn render(piece: Artifact, older: Option<String>, look: ArtifactMode) -> Result<RenderedArtifact> {
    let (text, form) = match piece {
        Artifact::Other(shown) => return Ok(RenderedArtifact { look: ArtifactMode::Whole, compared: false, has_source: false, shown }),
        Artifact::Text(text, form) => (text, form),
    };
    let compared = older.is_some();
    let has_source = form != TextFormat::Plain;
    let look = match look {
        ArtifactMode::Changes if !compared => ArtifactMode::Whole,
        ArtifactMode::Source if !has_source => ArtifactMode::Whole,
        look => look,
    };
    let laid = lay_out(move || match (look, older) {
        (ArtifactMode::Changes, Some(older)) => RenderedWork::Changes(changes(&older, &text)),
        (look, _) => show(&text, form, look == ArtifactMode::Source),
    });
    Ok(RenderedArtifact { look, compared, has_source, shown: laid.await? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::rendered::{Lines, Table};
    use market::file::{Kind, Status};
    use market::id::{AgentId, DeliverableId, FileId, JobId, MemberId, TeamId};

    /// Renders a file that was handed in, as the review page does.
    async fn shown(name: &str, content_type: &str, bytes: &[u8]) -> RenderedWork {
        let folder = std::env::temp_dir().join(FileId::new().as_str());
        let store = FileStore::folder(&folder, "test").expect("opens");
        let file = File {
            id: FileId::new(),
            job_id: JobId::new(),
            deliverable_id: None,
            kind: Kind::Deliverable,
            team_id: TeamId::new(),
            member_id: MemberId::new(),
            status: Status::Ready,
            name: name.into(),
            content_type: content_type.into(),
            size: bytes.len() as i64,
            sha256: String::new(),
            for_chosen: false,
            created_at: testkit::START,
        };
        let mut writer = store.put(&file.id).expect("begins");
        writer.write(bytes.to_vec().into()).await.expect("writes");
        writer.finish().await.expect("is stored");
        let made = Deliverable {
            id: DeliverableId::new(),
            job_id: file.job_id.clone(),
            agent_id: AgentId::new(),
            version: 1,
            content: String::new(),
            note: String::new(),
            created_at: testkit::START,
            files: vec![file],
        };
        let work = work(&store, vec![made], &ArtifactParams::default()).await.expect("renders").expect("a version");
        std::fs::remove_dir_all(&folder).expect("is removed");
        work.shown
    }

    #[tokio::test]
    async fn what_programs_write_before_and_between_lines_is_no_part_of_them() {
        let csv = "\u{feff}\"Name, first\",\"City\"\r\n\"Ada\",\"Berlin\"\r\n";
        let RenderedWork::Table(Table { heads, rows, .. }) = shown("bom.csv", "text/csv", csv.as_bytes()).await else {
            panic!("it is a table")
        };
        assert_eq!((heads, rows), (vec!["Name, first".to_owned(), "City".to_owned()], vec![vec!["Ada".to_owned(), "Berlin".to_owned()]]));
        let lines = shown("a.txt", "text/plain", b"one\r\ntwo\rthree").await;
        assert_eq!(lines, RenderedWork::Lines(Lines { text: "one\ntwo\nthree".into(), total: 3 }));
        assert_eq!(shown("__init__.py", "text/plain", b"").await, RenderedWork::Lines(Lines { text: String::new(), total: 0 }));
    }

    #[tokio::test]
    async fn text_that_is_not_utf_8_is_said_to_be() {
        let shown = shown("umsatz.csv", "application/octet-stream", b"M\xfcller").await;
        assert!(matches!(&shown, RenderedWork::Nothing(why) if why.contains("not UTF-8")), "{shown:?}");
    }
}
