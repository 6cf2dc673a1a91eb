//! Forms of decisions: a page decides on the version and the round that it shows, and on no later ones.

use crate::files::{JobFixture, fixture, location, market_in, signed_in};
use crate::test_server::TestServer;
use market::deliverable::Delivery;
use market::id::JobId;
use market::job::{self, Rejection, Status};
use market::{Actor, Market, dispute, member};
use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use testkit::people;

async fn page(server: &TestServer, path: &str, cookie: &str) -> String {
    server.get(path).header(ACCEPT, "text/html").header(COOKIE, cookie).send().await.unwrap().text().await.unwrap()
}

/// The hidden fields of a form on a page, as a browser without scripts would send them.
fn fields(page: &str, form: &str) -> String {
    let start = page.find(&format!("action=\"/_fn/{form}\"")).unwrap_or_else(|| panic!("no form {form} in {page}"));
    let form = page[start..].split("</form>").next().unwrap();
    let hidden = form.split("<input type=\"hidden\" ").skip(1).map(|input| {
        let attribute = |name: &str| input.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        format!("{}={}", attribute("name"), attribute("value").replace('/', "%2F"))
    });
    hidden.collect::<Vec<_>>().join("&")
}

async fn send(server: &TestServer, form: &str, cookie: &str, body: String) -> reqwest::Response {
    let request = server.ask(Method::POST, &format!("/_fn/{form}")).header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    request.header(COOKIE, cookie).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body).send().await.unwrap()
}

async fn deliver(market: &Market, worker: &Actor, id: &JobId) {
    let mut tx = market.begin().await.unwrap();
    let delivery = Delivery { content: "The grammar.".into(), ..Delivery::default() };
    job::deliver(&mut tx, worker, id, &delivery).await.unwrap();
    tx.commit().await.unwrap();
}

async fn status(market: &Market, actor: &Actor, id: &JobId) -> Status {
    let mut conn = market.read().await.unwrap();
    let access = job::access(&mut conn, actor, id).await.unwrap();
    job::preview(&mut conn, &access).await.unwrap().job.status
}

#[tokio::test]
async fn a_page_of_version_1_decides_nothing_about_version_2() {
    let server = TestServer::open().await;
    let market = market_in(server.folder.path()).await;
    let JobFixture { poster, worker, job: id, .. } = fixture(&market).await;
    deliver(&market, &worker, &id).await;
    let ada = signed_in(&server, "ada").await;
    let path = format!("/jobs/{id}");
    let drawn = page(&server, &path, &ada).await;
    let mut tx = market.begin().await.unwrap();
    job::request_revision(&mut tx, &poster, &id, "Keep the unknown fields.").await.unwrap();
    tx.commit().await.unwrap();
    deliver(&market, &worker, &id).await;
    for (form, more) in
        [("jobs/approve", ""), ("jobs/revise", "&message=Once+more%2C+please."), ("jobs/reject", "&reason=other&message=It+is+not+it.")]
    {
        let answer = send(&server, form, &ada, fields(&drawn, form) + more).await;
        assert_eq!((answer.status().as_u16(), location(&answer)), (303, path.as_str()), "{form}");
        assert!(page(&server, &path, &ada).await.contains("Version 2 came meanwhile. Read it, then decide."), "{form}");
        assert_eq!(status(&market, &poster, &id).await, Status::Delivered, "{form}");
    }
    let drawn = page(&server, &path, &ada).await;
    send(&server, "jobs/approve", &ada, fields(&drawn, "jobs/approve")).await;
    assert_eq!(status(&market, &poster, &id).await, Status::Releasing);
    server.close().await;
}

#[tokio::test]
async fn a_rejected_worker_is_led_to_a_dispute_and_whoever_rules_reads_the_case() {
    let server = TestServer::open().await;
    let market = market_in(server.folder.path()).await;
    let JobFixture { poster, worker, job: id, .. } = fixture(&market).await;
    deliver(&market, &worker, &id).await;
    let root = people::draft("root");
    let mut tx = market.begin().await.unwrap();
    people::verified(&mut tx, &root).await.unwrap();
    member::promote(&mut tx, &root.email).await.unwrap();
    let no = Rejection::new("incomplete", "Half of the fixtures are missing.").unwrap();
    job::reject(&mut tx, &poster, &id, &no).await.unwrap();
    tx.commit().await.unwrap();
    let (path, case) = (format!("/jobs/{id}"), format!("/jobs/{id}/dispute"));
    let seen = page(&server, &path, &signed_in(&server, "bob").await).await;
    let band = seen.split("class=\"move\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap();
    assert!(band.contains("Open a dispute") && band.contains("Half of the fixtures are missing."), "{band}");
    assert!(seen.contains(">Rejected<"), "the status has a name of its own");

    let mut tx = market.begin().await.unwrap();
    dispute::open(&mut tx, &worker, &id, &testkit::dispute::says("All of them are there.")).await.unwrap();
    tx.commit().await.unwrap();
    let root = signed_in(&server, "root").await;
    let led = server.get(&path).header(ACCEPT, "text/html").header(COOKIE, &root).send().await.unwrap();
    assert_eq!((led.status().as_u16(), location(&led)), (303, case.as_str()), "an admin reads the job in its dispute");
    let read = page(&server, &case, &root).await;
    for told in ["Half of the fixtures are missing.", "All of them are there.", "Timeline", "Delivered version 1", "The grammar."] {
        assert!(read.contains(told), "{told}");
    }
    server.close().await;
}
