//! Files: who may send, who may read, how much, and what is left behind.

use market::actor::Credential;
use market::deliverable::Delivery;
use market::file::{self, ALIVE_FOR, File, Kind, LINK_LIFE, ReceivedFile, Signed, Status};
use market::id::{DeliverableId, FileId, JobId};
use market::key::{Draft, Prefix};
use market::{Actor, Duration, Error, Paging, Result};
use testkit::job::{JobFixture, delivery};
use testkit::{TestApp, act, both, look, read};

const SHA: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn arrived(size: i64) -> ReceivedFile {
    ReceivedFile { size, sha256: SHA.into() }
}

async fn begin(app: &TestApp, actor: &Actor, job: &JobId, kind: Kind) -> Result<File> {
    act!(app, file::begin(actor, job, kind, "samples.csv", "text/csv"))
}

/// A file that was sent whole.
async fn send(app: &TestApp, actor: &Actor, job: &JobId, kind: Kind, size: i64) -> Result<File> {
    let file = begin(app, actor, job, kind).await?;
    act!(app, file::finish(actor, &file.id, &arrived(size)))
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().code.into_owned()
}

async fn files_of(app: &TestApp, actor: &Actor, fixture: &JobFixture) -> Result<Vec<File>> {
    Ok(look!(app, file::attachments(actor, &fixture.job.id, Paging::first(10)))?.items)
}

both! {
    async fn attachments_are_for_those_who_promised(app) {
        let fixture = JobFixture::open(app).await;
        let id = &fixture.job.id;
        let sent = send(app, &fixture.poster, id, Kind::Attachment, 7).await.unwrap();
        assert_eq!((sent.status, sent.size, sent.sha256.as_str(), sent.path()), (Status::Ready, 7, SHA, format!("{id}/{}", sent.id)));
        assert_eq!(files_of(app, &fixture.poster, &fixture).await.unwrap(), std::slice::from_ref(&sent));

        assert_eq!(code(files_of(app, &fixture.worker, &fixture).await), "acknowledgment_required");
        assert_eq!(code(look!(app, file::by_path(&fixture.worker, id, &sent.path()))), "acknowledgment_required");
        act!(app, nda::agree(&fixture.worker, id)).unwrap();
        assert_eq!(files_of(app, &fixture.worker, &fixture).await.unwrap(), std::slice::from_ref(&sent));
        assert_eq!(look!(app, file::by_path(&fixture.worker, id, &sent.path())).unwrap(), sent);
        assert_eq!(look!(app, file::by_path(&fixture.worker, id, sent.id.as_str())).unwrap(), sent);
        assert_eq!(app.happenings(id.as_str()).await, ["job.posted", "job.attachment_added", "nda.agreed"]);

        let other = act!(app, job::post(&fixture.poster, &testkit::job::draft())).unwrap();
        for (job, path) in [(&other.id, sent.path()), (id, format!("{}/{}", other.id, sent.id)), (id, format!("../{}", sent.path())), (id, String::new())] {
            assert_eq!(code(look!(app, file::by_path(&fixture.poster, job, &path))), "not_found", "{path}");
        }
    }

    async fn nobody_sees_attachments_of_a_job_that_is_not_theirs_to_see(app) {
        let fixture = JobFixture::funded(app).await;
        send(app, &fixture.poster, &fixture.job.id, Kind::Attachment, 7).await.unwrap();
        let stranger = app.agent("stranger", &["coding"]).await;
        assert_eq!(code(files_of(app, &stranger, &fixture).await), "not_found");
        assert_eq!(files_of(app, &fixture.worker, &fixture).await.unwrap().len(), 1);
    }

    async fn the_work_is_for_poster_worker_and_nobody_else(app) {
        let fixture = JobFixture::funded(app).await;
        let id = &fixture.job.id;
        let sent = send(app, &fixture.worker, id, Kind::Deliverable, 7).await.unwrap();
        assert_eq!(look!(app, file::waiting(&fixture.worker, id)).unwrap(), std::slice::from_ref(&sent));
        assert_eq!(look!(app, file::waiting(&fixture.poster, id)).unwrap(), []);
        assert_eq!(code(look!(app, file::by_path(&fixture.poster, id, &sent.path()))), "not_found", "it waits");
        assert!(!app.happenings(id.as_str()).await.contains(&"file.uploaded".to_owned()), "nor does the poster hear of it");

        let (_, made) = act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        assert_eq!(made.files.len(), 1);
        let handed = File { deliverable_id: Some(made.id.clone()), ..sent };
        assert_eq!(made.files[0], handed);
        assert_eq!(look!(app, file::waiting(&fixture.worker, id)).unwrap(), []);
        for reader in [&fixture.poster, &fixture.worker] {
            assert_eq!(look!(app, file::by_path(reader, id, &handed.path())).unwrap(), handed);
            assert_eq!(look!(app, deliverable::list(reader, id)).unwrap()[0].files, std::slice::from_ref(&handed));
            assert_eq!(look!(app, file::of_deliverable(reader, id, &made.id)).unwrap(), std::slice::from_ref(&handed));
            assert_eq!(look!(app, file::of_deliverable(reader, id, &DeliverableId::new())).unwrap(), []);
        }
        assert_eq!(files_of(app, &fixture.poster, &fixture).await.unwrap(), [], "the work is no attachment");
    }

    async fn an_applicant_does_not_see_the_work(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let id = &fixture.job.id;
        let other = app.agent("other", &["coding"]).await;
        act!(app, nda::agree(&other, id)).unwrap();
        act!(app, application::apply(&other, id, &market::application::NewApplication::default())).unwrap();
        act!(app, job::accept(&fixture.poster, id, &application)).unwrap();
        act!(app, job::fund(&fixture.poster, id, None)).unwrap();
        let sent = send(app, &fixture.worker, id, Kind::Deliverable, 7).await.unwrap();
        let (_, made) = act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        assert_eq!(code(look!(app, file::by_path(&other, id, &sent.path()))), "not_found");
        assert_eq!(code(look!(app, file::of_deliverable(&other, id, &made.id))), "not_found");
    }

    async fn sending_has_its_conditions(app) {
        let fixture = JobFixture::open(app).await;
        let id = &fixture.job.id;
        let (worker, poster) = (&fixture.worker, &fixture.poster);
        let other = app.agent("other", &["coding"]).await;
        assert_eq!(code(begin(app, worker, id, Kind::Attachment).await), "not_found", "another's job");
        assert_eq!(code(begin(app, worker, id, Kind::Deliverable).await), "not_assigned");
        assert_eq!(code(begin(app, poster, id, Kind::Deliverable).await), "agent_profile_required");
        let unverified = Actor { verified: false, ..poster.clone() };
        assert_eq!(code(begin(app, &unverified, id, Kind::Attachment).await), "email_not_verified");
        let reader = Actor { credential: Credential::Key { id: "key_1".into(), scopes: vec!["jobs:read".into()] }, ..poster.clone() };
        assert_eq!(code(begin(app, &reader, id, Kind::Attachment).await), "missing_scope");
        assert_eq!(code(begin(app, poster, &JobId::new(), Kind::Attachment).await), "not_found");

        let fixture = JobFixture::accepted(app).await;
        let id = &fixture.job.id;
        assert_eq!(code(begin(app, &fixture.worker, id, Kind::Deliverable).await), "wrong_status", "not funded");
        begin(app, &fixture.poster, id, Kind::Attachment).await.expect("the brief may still grow");
        act!(app, job::fund(&fixture.poster, id, None)).unwrap();
        assert_eq!(code(begin(app, &other, id, Kind::Deliverable).await), "not_found");
        begin(app, &fixture.worker, id, Kind::Deliverable).await.expect("the worker may");
        act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        assert_eq!(code(begin(app, &fixture.worker, id, Kind::Deliverable).await), "wrong_status", "handed in");
        assert_eq!(code(begin(app, &fixture.poster, id, Kind::Attachment).await), "wrong_status", "what it is judged by stays");
        act!(app, job::request_revision(&fixture.poster, id, "Please cover the rest, too.")).unwrap();
        begin(app, &fixture.worker, id, Kind::Deliverable).await.expect("the next version");
    }

    async fn what_became_wrong_meanwhile_is_not_kept(app) {
        let fixture = JobFixture::funded(app).await;
        let id = &fixture.job.id;
        let late = begin(app, &fixture.worker, id, Kind::Deliverable).await.unwrap();
        let taken = begin(app, &fixture.worker, id, Kind::Deliverable).await.unwrap();
        let stranger = app.agent("stranger", &["coding"]).await;
        assert_eq!(code(act!(app, file::finish(&stranger, &taken.id, &arrived(1)))), "upload_given_up", "somebody else's");
        act!(app, file::finish(&fixture.worker, &taken.id, &arrived(1))).unwrap();
        assert_eq!(code(act!(app, file::finish(&fixture.worker, &taken.id, &arrived(1)))), "upload_given_up", "twice");
        act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        assert_eq!(code(act!(app, file::finish(&fixture.worker, &late.id, &arrived(1)))), "wrong_status");
        assert_eq!(look!(app, deliverable::list(&fixture.worker, id)).unwrap()[0].files.len(), 1);
    }

    async fn a_file_alone_is_a_delivery(app) {
        let fixture = JobFixture::funded(app).await;
        let id = &fixture.job.id;
        let nothing = Delivery::default();
        let error = act!(app, job::deliver(&fixture.worker, id, &nothing)).unwrap_err();
        assert_eq!((error.kind.status(), error.fields[0].name.as_ref()), (400, "content"));
        assert_eq!(fixture.look(app).await.status, market::job::Status::InProgress, "nothing happened");
        begin(app, &fixture.worker, id, Kind::Deliverable).await.unwrap();
        act!(app, job::deliver(&fixture.worker, id, &nothing)).expect_err("what is only on its way does not count");
        send(app, &fixture.worker, id, Kind::Deliverable, 7).await.unwrap();
        let (_, made) = act!(app, job::deliver(&fixture.worker, id, &nothing)).unwrap();
        assert_eq!((made.content.as_str(), made.files.len()), ("", 1));
    }

    async fn each_version_keeps_its_own_files(app) {
        let fixture = JobFixture::funded(app).await;
        let id = &fixture.job.id;
        for version in [1, 2] {
            for _ in 0..version {
                send(app, &fixture.worker, id, Kind::Deliverable, 7).await.unwrap();
            }
            act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
            if version == 1 {
                act!(app, job::request_revision(&fixture.poster, id, "Please cover the rest, too.")).unwrap();
            }
        }
        let versions = look!(app, deliverable::list(&fixture.poster, id)).unwrap();
        assert_eq!(versions.iter().map(|made| (made.version, made.files.len())).collect::<Vec<_>>(), [(2, 2), (1, 1)]);
    }

    async fn there_is_a_most_of_everything(app) {
        let small = app.with_rules(|rules| (rules.file_max, rules.files_max) = (60, 100));
        let fixture = JobFixture::open(&small).await;
        let (id, poster) = (&fixture.job.id, &fixture.poster);
        let too_large = send(&small, poster, id, Kind::Attachment, 61).await.unwrap_err();
        assert_eq!((too_large.kind.status(), too_large.code.as_ref()), (413, "file_too_large"));
        send(&small, poster, id, Kind::Attachment, 60).await.unwrap();
        let full = send(&small, poster, id, Kind::Attachment, 41).await.unwrap_err();
        assert_eq!((full.kind.status(), full.code.as_ref()), (409, "storage_full"));
        assert_eq!(full.facts.unwrap()["used"], 60);
        let last = send(&small, poster, id, Kind::Attachment, 40).await.unwrap();
        assert_eq!(read!(small, file::storage_usage(poster)).unwrap(), file::StorageUsage { used: 100, most: 100 });
        assert_eq!(code(begin(&small, poster, id, Kind::Attachment).await), "storage_full", "before a byte is sent");
        act!(small, file::take_back(poster, id, &last.path())).unwrap();
        assert_eq!(read!(small, file::storage_usage(poster)).unwrap().used, 60);

        let fixture = JobFixture::open(app).await;
        let (id, poster) = (&fixture.job.id, &fixture.poster);
        for _ in 0..file::AT_ONCE_MAX {
            begin(app, poster, id, Kind::Attachment).await.unwrap();
        }
        assert_eq!(code(begin(app, poster, id, Kind::Attachment).await), "too_many_uploads");
        app.pass(ALIVE_FOR);
        for _ in 0..file::FILES_MAX {
            send(app, poster, id, Kind::Attachment, 1).await.unwrap();
        }
        assert_eq!(code(begin(app, poster, id, Kind::Attachment).await), "too_many_files");
    }

    async fn two_that_do_not_fit_together_do_not_get_in_together(app) {
        let small = app.with_rules(|rules| rules.files_max = 100);
        let fixture = JobFixture::open(&small).await;
        let other = act!(small, job::post(&fixture.poster, &testkit::job::draft())).unwrap();
        let one = begin(&small, &fixture.poster, &fixture.job.id, Kind::Attachment).await.unwrap();
        let two = begin(&small, &fixture.poster, &other.id, Kind::Attachment).await.unwrap();
        let (one, two) = tokio::join!(
            async { act!(small, file::finish(&fixture.poster, &one.id, &arrived(60))) },
            async { act!(small, file::finish(&fixture.poster, &two.id, &arrived(60))) },
        );
        let refused: Vec<_> = [one, two].into_iter().filter_map(Result::err).map(|error: Error| error.code.into_owned()).collect();
        assert_eq!(refused, ["storage_full"]);
        assert_eq!(read!(small, file::storage_usage(&fixture.poster)).unwrap().used, 60);
    }

    async fn files_can_be_taken_back_for_a_while(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let (id, poster, worker) = (&fixture.job.id, &fixture.poster, &fixture.worker);
        let [one, two] = [send(app, poster, id, Kind::Attachment, 1).await.unwrap(), send(app, poster, id, Kind::Attachment, 1).await.unwrap()];
        assert_eq!(code(act!(app, file::take_back(worker, id, &one.path()))), "not_found", "it is the poster's");
        assert_eq!(act!(app, file::take_back(poster, id, &one.path())).unwrap().status, Status::Gone);
        assert_eq!(code(act!(app, file::take_back(poster, id, &one.path()))), "not_found", "twice");
        assert_eq!(code(look!(app, file::by_path(poster, id, &one.path()))), "not_found");
        assert_eq!(files_of(app, worker, &fixture).await.unwrap(), std::slice::from_ref(&two));
        act!(app, job::accept(poster, id, &application)).unwrap();
        assert_eq!(code(act!(app, file::take_back(poster, id, &two.path()))), "wrong_status", "a worker relies on it");

        act!(app, job::fund(poster, id, None)).unwrap();
        let [three, four] = [send(app, worker, id, Kind::Deliverable, 1).await.unwrap(), send(app, worker, id, Kind::Deliverable, 1).await.unwrap()];
        assert_eq!(code(act!(app, file::take_back(poster, id, &three.path()))), "not_found", "it is the worker's");
        act!(app, file::take_back(worker, id, &three.path())).unwrap();
        let (_, made) = act!(app, job::deliver(worker, id, &delivery())).unwrap();
        assert_eq!(made.files.len(), 1);
        assert_eq!(code(act!(app, file::take_back(worker, id, &four.path()))), "handed_in");
        assert_eq!(app.happenings(three.id.as_str()).await, ["file.uploaded", "file.removed"]);
    }

    async fn what_broke_off_is_swept_and_nothing_else(app) {
        let fixture = JobFixture::open(app).await;
        let (id, poster) = (&fixture.job.id, &fixture.poster);
        let kept = send(app, poster, id, Kind::Attachment, 1).await.unwrap();
        let broken = begin(app, poster, id, Kind::Attachment).await.unwrap();
        let slow = begin(app, poster, id, Kind::Attachment).await.unwrap();
        let given_up = begin(app, poster, id, Kind::Attachment).await.unwrap();
        act!(app, file::still_coming(&broken.id, Some("parts-1"))).unwrap();
        assert!(act!(app, file::abandon(&given_up.id)).unwrap());
        assert!(!act!(app, file::abandon(&kept.id)).unwrap(), "finished is finished");
        app.pass(Duration::ms(ALIVE_FOR.as_ms() - 1));
        act!(app, file::still_coming(&slow.id, None)).unwrap();
        assert_eq!(act!(app, file::condemn()).unwrap(), 0, "still fresh");
        app.pass(Duration::ms(1));
        assert_eq!(act!(app, file::condemn()).unwrap(), 1);
        assert_eq!(code(act!(app, file::still_coming(&broken.id, None))), "upload_given_up");
        assert_eq!(code(act!(app, file::finish(poster, &broken.id, &arrived(1)))), "upload_given_up");

        let litter = read!(app, file::discarded()).unwrap();
        let mut told: Vec<_> = litter.iter().map(|one| (&one.id, one.parts.as_deref())).collect();
        told.sort_by_key(|(_, parts)| parts.is_some());
        assert_eq!(told, [(&given_up.id, None), (&broken.id, Some("parts-1"))]);
        let ids: Vec<FileId> = litter.into_iter().map(|one| one.id).collect();
        let ids = [ids, vec![kept.id.clone(), slow.id.clone()]].concat();
        act!(app, file::forget(&ids)).unwrap();
        assert_eq!(read!(app, file::discarded()).unwrap(), []);
        let orphan = FileId::new();
        let all = vec![broken.id, orphan.clone(), kept.id, slow.id.clone()];
        assert_eq!(read!(app, file::unknown(all)).unwrap().len(), 2, "the broken one's row is gone, the others' are not");
        act!(app, file::finish(poster, &slow.id, &arrived(1))).expect("slow is not broken");
    }

    async fn a_database_has_one_home_for_its_files(app) {
        let home = act!(app, file::home()).unwrap();
        assert_eq!(act!(app, file::home()).unwrap(), home);
        let other = app.fresh().await;
        assert_ne!(act!(other, file::home()).unwrap(), home);
        other.close().await;
    }
}

/// Parses the signed parts of a link.
fn taken_apart(url: &str) -> (FileId, Signed) {
    let (path, query) = url.split_once('?').unwrap();
    let pairs: Vec<_> = query.split('&').map(|pair| pair.split_once('=').unwrap().1.to_owned()).collect();
    let [viewer, expires, signature] = pairs.try_into().unwrap();
    let id = path.rsplit('/').next().unwrap().into();
    (id, Signed { viewer, expires: expires.parse().unwrap(), signature })
}

async fn link(app: &TestApp, actor: &Actor, fixture: &JobFixture, file: &File) -> (FileId, Signed) {
    let link = file::link(&app.market, actor, &fixture.job.id, &file.path()).await.unwrap();
    assert_eq!(link.expires_at, app.now().after(LINK_LIFE));
    assert!(link.url.starts_with(&format!("{}/files/{}?viewer=", app.market.rules.base_url, file.id)), "{}", link.url);
    taken_apart(&link.url)
}

both! {
    async fn a_link_leads_to_its_file_for_five_minutes(app) {
        let fixture = JobFixture::open(app).await;
        let file = send(app, &fixture.poster, &fixture.job.id, Kind::Attachment, 7).await.unwrap();
        let other = send(app, &fixture.poster, &fixture.job.id, Kind::Attachment, 7).await.unwrap();
        let (id, signed) = link(app, &fixture.poster, &fixture, &file).await;
        assert_eq!(file::follow(&app.market, &id, &signed).await.unwrap(), file);
        assert_eq!(code(file::follow(&app.market, &other.id, &signed).await), "invalid_link");
        for changed in [
            Signed { expires: signed.expires + 1, ..signed.clone() },
            Signed { viewer: "user_other.0".into(), ..signed.clone() },
            Signed { signature: signed.signature.to_uppercase(), ..signed.clone() },
            Signed { signature: signed.signature[..62].into(), ..signed.clone() },
            Signed { signature: format!("{}00", signed.signature), ..signed.clone() },
            Signed { signature: String::new(), ..signed.clone() },
        ] {
            assert_eq!(code(file::follow(&app.market, &id, &changed).await), "invalid_link", "{changed:?}");
        }
        let foreign = market::Market { secret: (*b"another secret of another server").as_slice().into(), ..app.market.clone() };
        assert_eq!(code(file::follow(&foreign, &id, &signed).await), "invalid_link");
        app.pass(Duration::ms(LINK_LIFE.as_ms() - 1000));
        file::follow(&app.market, &id, &signed).await.expect("the last second");
        app.pass(Duration::seconds(1));
        assert_eq!(code(file::follow(&app.market, &id, &signed).await), "link_expired");
    }

    async fn a_link_is_worth_no_more_than_its_viewer(app) {
        let fixture = JobFixture::open(app).await;
        let file = send(app, &fixture.poster, &fixture.job.id, Kind::Attachment, 7).await.unwrap();
        let follow = async |id: &FileId, signed: &Signed| file::follow(&app.market, id, signed).await;

        let made = act!(app, key::create(&fixture.poster, &Draft { name: "bot".into(), prefix: Prefix::Agentgigs, scopes: vec![], expires_at: None })).unwrap();
        let bot = read!(app, key::actor(&made.secret)).unwrap();
        let (id, signed) = link(app, &bot, &fixture, &file).await;
        assert_eq!(signed.viewer, made.key.id.as_str());
        follow(&id, &signed).await.expect("the key works");
        act!(app, key::revoke(&fixture.poster, &made.key.id)).unwrap();
        assert_eq!(code(follow(&id, &signed).await), "link_void");

        let (id, signed) = link(app, &fixture.poster, &fixture, &file).await;
        app.write(market::db::sql("update member set epoch = epoch + 1 where id = $1").bind(&fixture.poster.member)).await;
        assert_eq!(code(follow(&id, &signed).await), "link_void", "the password was changed");

        let reader = app.agent("reader", &["coding"]).await;
        act!(app, nda::agree(&reader, &fixture.job.id)).unwrap();
        let (id, signed) = link(app, &reader, &fixture, &file).await;
        follow(&id, &signed).await.expect("the job is open to all");
        act!(app, nda::agree(&fixture.worker, &fixture.job.id)).unwrap();
        let offer = act!(app, application::apply(&fixture.worker, &fixture.job.id, &Default::default())).unwrap();
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer.id)).unwrap();
        assert_eq!(code(follow(&id, &signed).await), "not_found", "the job is not the reader's to see any more");
    }

    async fn a_file_that_is_gone_is_gone_for_links_too(app) {
        let fixture = JobFixture::open(app).await;
        let file = send(app, &fixture.poster, &fixture.job.id, Kind::Attachment, 7).await.unwrap();
        let (id, signed) = link(app, &fixture.poster, &fixture, &file).await;
        act!(app, file::take_back(&fixture.poster, &fixture.job.id, &file.path())).unwrap();
        assert_eq!(code(file::follow(&app.market, &id, &signed).await), "not_found");
    }

    async fn a_changed_link_is_never_taken(app) {
        let fixture = JobFixture::open(app).await;
        let file = send(app, &fixture.poster, &fixture.job.id, Kind::Attachment, 7).await.unwrap();
        let link = file::link(&app.market, &fixture.poster, &fixture.job.id, &file.path()).await.unwrap();
        let start = link.url.find("/files/").unwrap() + "/files/".len();
        let mut seed = 88_172_645_463_325_252_u64;
        for _ in 0..10_000 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            let mut bytes = link.url.as_bytes()[start..].to_vec();
            let at = (seed >> 3) as usize % bytes.len();
            bytes[at] ^= 1 << (seed & 7);
            let Some((id, signed)) = as_a_server_reads_it(&bytes) else { continue };
            assert!(file::follow(&app.market, &id, &signed).await.is_err(), "{}", String::from_utf8_lossy(&bytes));
        }
    }
}

/// Parses the bytes of a link as the server would, if they parse.
fn as_a_server_reads_it(bytes: &[u8]) -> Option<(FileId, Signed)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (id, query) = text.split_once('?')?;
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let signed =
        Signed { viewer: value("viewer")?.into(), expires: value("expires")?.parse().ok()?, signature: value("signature")?.into() };
    Some((id.into(), signed))
}
