//! Archives of members' data: built, sent by mail, read again, and removed.

use futures::TryStreamExt;
use market::db::sql;
use market::export::{self, ASKED_EVERY, ATTEMPTS_MAX, LEASE, LIFE, Signed, Status};
use market::file::{self, Kind, ReceivedFile};
use market::{Duration, deletion};
use std::io::{Cursor, Read};
use std::path::PathBuf;
use storage::{FileStore, archive_id, export_due, sweep, sweep_orphans};
use testkit::job::JobFixture;
use testkit::{PASSWORD, TestApp, act, both, read};
use zip::ZipArchive;

fn store(app: &TestApp) -> (FileStore, PathBuf) {
    let path = std::env::temp_dir().join(market::id::random("guildhall_export_"));
    let _ = app;
    (FileStore::folder(&path, "home").unwrap(), path)
}

/// Sends a file with these bytes, as an upload does.
async fn send(app: &TestApp, store: &FileStore, fixture: &JobFixture, bytes: &'static [u8]) -> file::File {
    let begun = act!(app, file::begin(&fixture.poster, &fixture.job.id, Kind::Attachment, "notes.txt", "text/plain")).unwrap();
    let mut upload = store.put(&begun.id).unwrap();
    upload.write(bytes.into()).await.unwrap();
    let ReceivedFile { size, sha256 } = upload.finish().await.unwrap();
    act!(app, file::finish(&fixture.poster, &begun.id, &ReceivedFile { size, sha256 })).unwrap()
}

/// Reads all files of an archive.
async fn unpacked(store: &FileStore, export: &export::Export) -> Vec<(String, String)> {
    let bytes = store.get(&archive_id(&export.id), 0..export.size.unsigned_abs()).await.unwrap();
    let whole: Vec<u8> = bytes
        .try_fold(Vec::new(), |mut whole, chunk| async move {
            whole.extend_from_slice(&chunk);
            Ok(whole)
        })
        .await
        .unwrap();
    let mut zip = ZipArchive::new(Cursor::new(whole)).unwrap();
    (0..zip.len())
        .map(|n| {
            let mut file = zip.by_index(n).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

both! {
    async fn it_is_built_mailed_and_removed(app) {
        let (store, path) = store(app);
        let fixture = JobFixture::open(app).await;
        let file = send(app, &store, &fixture, b"canary of the file").await;
        let asked = export::ask(&app.market, &fixture.poster, Some(PASSWORD)).await.unwrap();
        assert_eq!(asked.status, Status::Preparing);
        assert_eq!(export::ask(&app.market, &fixture.poster, Some(PASSWORD)).await.unwrap(), asked, "one a day");
        assert!(export_due(&app.market, &store).await.unwrap());
        assert!(!export_due(&app.market, &store).await.unwrap());
        let ready = export::ask(&app.market, &fixture.poster, Some(PASSWORD)).await.unwrap();
        assert_eq!((ready.status, ready.expires_at), (Status::Ready, Some(app.now().after(LIFE))));
        let files = unpacked(&store, &ready).await;
        let of = |name: &str| files.iter().find(|(found, _)| found == name).unwrap_or_else(|| panic!("{name}")).1.clone();
        assert_eq!(of(&format!("files/{}-notes.txt", file.id)), "canary of the file");
        let jobs: serde_json::Value = serde_json::from_str(&of("data/jobs.json")).unwrap();
        assert_eq!(jobs[0]["title"], fixture.job.title.as_str());
        let is_list = |text: &str| serde_json::from_str::<Vec<serde_json::Value>>(text).is_ok();
        assert!(files.iter().filter(|(name, _)| name.starts_with("data/")).all(|(_, text)| is_list(text)));

        let url = export::link(&app.market, &ready).unwrap().url;
        let poster = read!(app, member::show(&fixture.poster)).unwrap();
        assert!(app.letters_to(&poster.email).await.iter().any(|mail| mail.text.contains(&url)), "the mail has the link");
        let signature = url.rsplit_once('=').unwrap().1.to_owned();
        let follow = async |signature: &str| export::follow(&app.market, &ready.id, &Signed { signature: signature.into() }).await;
        assert_eq!(follow(&signature).await.unwrap(), ready);
        assert_eq!(follow(&"0".repeat(64)).await.unwrap_err().code, "export_link_invalid");
        let epoch = async |by: i64| app.write(sql("update member set epoch = epoch + $1").bind(by)).await;
        epoch(1).await;
        assert_eq!(follow(&signature).await.unwrap_err().code, "export_link_invalid", "sessions ended, as by a new password");
        epoch(-1).await;
        app.pass(Duration::days(2));
        assert_eq!(sweep_orphans(&app.market, &store).await.unwrap(), 0, "an archive is no orphan");
        app.pass(LIFE);
        assert_eq!(follow(&signature).await.unwrap_err().code, "export_link_invalid");
        assert!(export_due(&app.market, &store).await.unwrap(), "it is removed");
        assert!(store.get(&archive_id(&ready.id), 0..1).await.is_err());
        assert_ne!(export::ask(&app.market, &fixture.poster, Some(PASSWORD)).await.unwrap().id, ready.id, "another one");
        std::fs::remove_dir_all(path).unwrap();
    }

    async fn what_cant_be_built_says_so_after_some_attempts(app) {
        let (store, path) = store(app);
        let ada = app.member("ada").await;
        let asked = export::ask(&app.market, &ada, Some(PASSWORD)).await.unwrap();
        store.refuse_uploads(true);
        for _ in 0..ATTEMPTS_MAX {
            assert_eq!(export::ask(&app.market, &ada, Some(PASSWORD)).await.unwrap().status, Status::Preparing);
            assert!(export_due(&app.market, &store).await.unwrap());
            app.pass(LEASE);
        }
        assert_eq!(export::ask(&app.market, &ada, Some(PASSWORD)).await.unwrap().status, Status::Failed);
        app.pass(ASKED_EVERY);
        store.refuse_uploads(false);
        while export_due(&app.market, &store).await.unwrap() {}
        assert_ne!(export::ask(&app.market, &ada, Some(PASSWORD)).await.unwrap().id, asked.id);
        assert!(export_due(&app.market, &store).await.unwrap());
        assert_eq!(export::ask(&app.market, &ada, Some(PASSWORD)).await.unwrap().status, Status::Ready);
        std::fs::remove_dir_all(path).unwrap();
    }

    async fn a_deletion_takes_archives_and_files_from_the_store(app) {
        let (store, path) = store(app);
        let ada = app.member("ada").await;
        let job = act!(app, job::post(&ada, &testkit::job::draft())).unwrap();
        let fixture = JobFixture { worker: app.agent("worker", &["coding"]).await, poster: ada.clone(), job };
        send(app, &store, &fixture, b"canary of the file").await;
        export::ask(&app.market, &ada, Some(PASSWORD)).await.unwrap();
        assert!(export_due(&app.market, &store).await.unwrap());
        deletion::ask(&app.market, &ada, Some(PASSWORD)).await.unwrap();
        app.pass(deletion::GRACE);
        assert!(deletion::erase_due(&app.market).await.unwrap());
        while export_due(&app.market, &store).await.unwrap() {}
        sweep(&app.market, &store).await.unwrap();
        assert_eq!(std::fs::read_dir(path.join("home")).unwrap().count(), 0, "no file is left");
        std::fs::remove_dir_all(path).unwrap();
    }
}
