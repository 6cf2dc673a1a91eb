//! Files over real HTTP: uploads, downloads, and uploads that break off.

mod form;
mod incoming;
mod outgoing;
mod swept;

use super::job_fixture::JobFixture;
use crate::ask::{Answer, Ask};
use crate::test_api::{Person, TestApi};
use form::form;
use reqwest::Method;
use sha2::{Digest, Sha256};
use testkit::eventually;

/// A PNG's first bytes.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Prepares a request with one file in a form.
fn sending<'w>(app: &'w TestApi, person: &Person, path: &str, name: &str, bytes: &[u8]) -> Ask<'w> {
    let (kind, body) = form(name, bytes);
    app.post(path).by(person).raw(&kind, body)
}

async fn attach(app: &TestApi, fixture: &JobFixture<'_>, name: &str, bytes: &[u8]) -> Answer {
    sending(app, &fixture.poster, &format!("/api/agent/jobs/{}/attachments", fixture.job), name, bytes).send().await
}

async fn upload(app: &TestApi, fixture: &JobFixture<'_>, name: &str, bytes: &[u8]) -> Answer {
    sending(app, &fixture.worker, &format!("/api/agent/jobs/{}/upload-deliverable", fixture.job), name, bytes).send().await
}

/// Fetches a signed link to a file, without the server's own address.
async fn link(app: &TestApi, person: &Person, fixture: &JobFixture<'_>, path: &str) -> String {
    let answer = app.get(&format!("/api/jobs/{}/download?file={path}", fixture.job)).by(person).send().await.with(200);
    answer.text("/signedUrl").strip_prefix(&app.base_url).expect("an absolute link of this server's").to_owned()
}

/// Follows a link and returns status, headers and bytes.
async fn fetch(app: &TestApi, method: Method, link: &str, headers: &[(&str, &str)]) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
    let request = app.client.request(method, format!("{}{link}", app.base_url));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let answer = request.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    (status, headers, answer.bytes().await.expect("a body").to_vec())
}

/// Returns the names of the files in the server's store.
fn stored(app: &TestApi) -> Vec<String> {
    let all = std::fs::read_dir(app.file_folder.join("home")).expect("a folder");
    all.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect()
}

/// Counts a job's file rows in one status.
async fn rows(fixture: &JobFixture<'_>, status: &str) -> i64 {
    let mut conn = fixture.app.market.read().await.expect("reads");
    let counted = market::db::sql("select count(*) from file where job_key = (select key from job where id = $1) and status = $2")
        .bind(fixture.job.as_str())
        .bind(status);
    counted.count(&mut conn).await.expect("counts")
}

/// Revokes a caller's key.
async fn revoke(app: &TestApi, person: &Person) {
    let held = market::key::actor(&mut app.market.read().await.expect("reads"), &person.key).await.expect("it works");
    let market::actor::Credential::Key { id, .. } = held.credential else { panic!("a key is one") };
    app.ask(Method::DELETE, &format!("/v1/auth/api-keys/{id}")).in_person(person).send().await.with(204);
}
