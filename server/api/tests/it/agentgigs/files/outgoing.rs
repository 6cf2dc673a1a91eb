//! Downloads.

use super::{attach, fetch, link, revoke, sending, upload};
use crate::agentgigs::job_fixture::JobFixture;
use crate::test_api::{TestApi, both};
use market::file::LINK_LIFE;
use reqwest::Method;
use serde_json::json;

both! {
    async fn a_link_brings_the_bytes_and_no_browser_runs_them(app) {
        let fixture = JobFixture::posted(app).await;
        let page = b"<!DOCTYPE html><script>alert(document.cookie)</script>";
        let sent = attach(app, &fixture, "Wörk 1%.html", page).await.with(201);
        let link = link(app, &fixture.poster, &fixture, &sent.text("/file_path")).await;
        let (status, headers, body) = fetch(app, Method::GET, &link, &[]).await;
        assert_eq!((status, &body[..]), (200, &page[..]));
        for (name, value) in [
            ("content-type", "text/html; charset=utf-8"),
            ("content-length", "54"),
            ("content-disposition", "attachment; filename=\"W_rk 1_.html\"; filename*=UTF-8''W%C3%B6rk%201%25.html"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "private, no-cache"),
            ("accept-ranges", "bytes"),
            ("etag", &format!("\"{}\"", sent.text("/sha256"))),
        ] {
            assert_eq!(headers.get(name).and_then(|value| value.to_str().ok()), Some(value), "{name}");
        }
        assert!(headers.contains_key("x-request-id"));
        let (status, head, body) = fetch(app, Method::HEAD, &link, &[]).await;
        assert_eq!((status, head["content-length"].to_str().ok(), body.len()), (200, Some("54"), 0));
    }
}

#[tokio::test]
async fn ranges_and_tags_are_exact() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let text: Vec<u8> = (0..1_000_000_u32).flat_map(|i| format!("{i:x}\n").into_bytes()).take(3_000_000).collect();
    let sent = attach(&app, &fixture, "lines.txt", &text).await.with(201);
    let link = link(&app, &fixture.poster, &fixture, &sent.text("/file_path")).await;
    let etag = format!("\"{}\"", sent.text("/sha256"));
    for (asked, first, last) in [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, 2_999_999),
        ("bytes=1000000-2000000", 1_000_000, 2_000_000),
        ("bytes=2999999-5000000", 2_999_999, 2_999_999),
        ("bytes=-5", 2_999_995, 2_999_999),
    ] {
        let (status, headers, body) = fetch(&app, Method::GET, &link, &[("range", asked)]).await;
        assert_eq!(
            (status, headers["content-range"].to_str().expect("text")),
            (206, format!("bytes {first}-{last}/3000000").as_str()),
            "{asked}"
        );
        assert!(body == text[first..=last] && headers["etag"] == etag.as_str(), "{asked}");
        assert_eq!(headers["content-length"].to_str().ok(), Some((last - first + 1).to_string().as_str()));
    }
    let (status, headers, body) = fetch(&app, Method::GET, &link, &[("range", "bytes=3000000-")]).await;
    assert_eq!((status, headers["content-range"].to_str().expect("text"), body.len()), (416, "bytes */3000000", 0));
    for (pairs, status, length) in [
        (vec![("if-none-match", etag.as_str())], 304, 0),
        (vec![("if-none-match", "\"other\""), ("range", "bytes=0-9")], 206, 10),
        (vec![("if-range", etag.as_str()), ("range", "bytes=0-9")], 206, 10),
        (vec![("if-range", "\"other\""), ("range", "bytes=0-9")], 200, 3_000_000),
        (vec![("if-match", "\"other\"")], 412, 0),
        (vec![("range", "bytes=0-9,20-29")], 200, 3_000_000),
        (vec![("range", "lines=0-9")], 200, 3_000_000),
    ] {
        let (got, headers, body) = fetch(&app, Method::GET, &link, &pairs).await;
        assert_eq!((got, body.len()), (status, length), "{pairs:?}");
        assert_eq!(headers["etag"], etag.as_str(), "{pairs:?}");
    }
    let (status, headers, _) = fetch(&app, Method::HEAD, &link, &[("range", "bytes=0-9")]).await;
    assert_eq!((status, headers["content-length"].to_str().ok()), (200, Some("3000000")), "ranges are for GET");
    app.close().await;
}

#[tokio::test]
async fn the_work_is_for_its_parties() {
    let app = TestApi::new().await;
    let fixture = JobFixture::funded(&app).await;
    let path = upload(&app, &fixture, "work.txt", b"the work").await.with(201).text("/file_path");
    let ask = async |person| app.get(&format!("/api/jobs/{}/download?file={path}", fixture.job)).by(person).send().await;
    let stranger = app.agent("Eve", &["coding"]).await;
    ask(&fixture.poster).await.with(404);
    ask(&fixture.worker).await.with(200);
    fixture.deliver("See the file.").await.with(200);
    assert_eq!(ask(&stranger).await.with(404).text("/code"), "NOT_FOUND");
    app.get(&format!("/api/jobs/{}/download?file={path}", fixture.job)).send().await.with(401);
    for person in [&fixture.poster, &fixture.worker] {
        let link = link(&app, person, &fixture, &path).await;
        assert_eq!(fetch(&app, Method::GET, &link, &[]).await.2, b"the work");
    }
    let path = format!("/api/jobs/{}/download", fixture.job);
    assert_eq!(app.get(&path).by(&fixture.poster).send().await.with(400).fields(), ["file"]);
    for odd in ["..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "file_1", "x", "..", "%E2%80%AE", &"a".repeat(2000)] {
        app.get(&format!("{path}?file={odd}")).by(&fixture.poster).send().await.with(404);
    }
    app.close().await;
}

#[tokio::test]
async fn evidence_is_for_both_sides_and_for_admins_even_after_the_ruling() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    let path = format!("/api/jobs/{}/dispute/files", fixture.job);
    let show = async |person, bytes: &[u8]| sending(&app, person, &path, "log.txt", bytes).send().await;
    assert_eq!(show(&fixture.poster, b"early").await.with(409).text("/code"), "NO_DISPUTE");
    let told = json!({ "statement": "The samples cover two-digit years." });
    let dispute = fixture.by_worker("dispute", told).await.with(201).text("/id");
    let stranger = app.agent("Eve", &["coding"]).await;
    show(&stranger, b"mine").await.with(404);
    let (one, two) = (show(&fixture.poster, b"the poster's").await.with(201), show(&fixture.worker, b"the worker's").await.with(201));
    let admin = app.admin("Root").await;
    let case = app.get(&format!("/api/jobs/{}/dispute", fixture.job)).by(&admin).send().await.with(200);
    for (n, (file, by)) in [(&one, "poster"), (&two, "worker")].into_iter().enumerate() {
        assert_eq!(case.text(&format!("/evidence/{n}/file_id")), file.text("/id"));
        assert_eq!(case.text(&format!("/evidence/{n}/by")), by);
    }
    let bytes = async || {
        for (file, bytes) in [(&one, &b"the poster's"[..]), (&two, b"the worker's")] {
            for person in [&fixture.poster, &fixture.worker, &admin] {
                let link = link(&app, person, &fixture, &file.text("/id")).await;
                assert_eq!(fetch(&app, Method::GET, &link, &[]).await.2, bytes);
            }
            let path = format!("/api/jobs/{}/download?file={}", fixture.job, file.text("/id"));
            app.get(&path).by(&stranger).send().await.with(404);
        }
    };
    bytes().await;
    let ruling = json!({ "ruling": "release", "reason": "The log shows it." });
    app.post(&format!("/api/disputes/{dispute}/resolve")).by(&admin).json(ruling).send().await.with(200);
    bytes().await;
    assert_eq!(show(&fixture.poster, b"late").await.with(409).text("/code"), "NO_DISPUTE");
    app.close().await;
}

#[tokio::test]
async fn a_link_is_for_its_file_its_viewer_and_its_time() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let [one, two] = [attach(&app, &fixture, "a.txt", b"a").await.with(201), attach(&app, &fixture, "b.txt", b"b").await.with(201)];
    let link = link(&app, &fixture.poster, &fixture, &one.text("/file_path")).await;
    let ask = async |link: &str| app.get(link).send().await;
    let code = async |link: &str, status: u16| ask(link).await.with(status).text("/code");
    assert_eq!(code(&link.replace(&one.text("/id"), &two.text("/id")), 403).await, "invalid_link");
    assert_eq!(code(&link.replace("viewer=key_", "viewer=key_0"), 403).await, "invalid_link");
    assert_eq!(code(&link.replace("expires=1", "expires=2"), 403).await, "invalid_link");
    assert_eq!(code(&format!("{link}0"), 403).await, "invalid_link");
    assert_eq!(code(&link.replace("expires=", "expires=x"), 400).await, "invalid_request");
    assert_eq!(code(link.split_once('?').expect("a query").0, 400).await, "invalid_request");
    assert_eq!(code(link.split_once("&signature").expect("a signature").0, 400).await, "invalid_request");
    app.get("/files/..%2Fsecret?viewer=a&expires=1&signature=b").send().await.with(404);
    app.ask(Method::DELETE, &link).send().await.with(405);
    ask(&link).await.with(200);

    revoke(&app, &fixture.poster).await;
    assert_eq!(code(&link, 403).await, "link_void", "the key it was made for is revoked");

    let path = format!("/api/jobs/{}/download?file={}", fixture.job, one.text("/file_path"));
    let fresh = app.get(&path).in_person(&fixture.poster).send().await.with(200).text("/signedUrl");
    let fresh = fresh.strip_prefix(&app.base_url).expect("ours");
    ask(fresh).await.with(200);
    app.market.clock.advance(LINK_LIFE);
    assert_eq!(code(fresh, 403).await, "link_expired");
    app.close().await;
}

#[tokio::test]
async fn proofers_read_the_work_once_they_are_accepted() {
    let app = TestApi::new().await;
    let draft = json!({
        "title": "Parse invoices", "description": "Replace the regex parser with a grammar.", "category": "coding",
        "budget_min": 40000, "budget_max": 48000, "proof_required": true, "proofer_count": 1, "proof_fee": 500
    });
    let mut fixture = JobFixture::posted_as(&app, draft).await;
    fixture.by_worker("nda", json!({})).await.with(200);
    fixture.application = fixture.by_worker("apply", json!({ "proposed_price": 45000 })).await.with(201).text("/id");
    fixture.accept().await.with(200);
    fixture.by_poster("fund-escrow", json!({ "useWallet": true })).await.with(200);
    let path = upload(&app, &fixture, "work.txt", b"the work").await.with(201).text("/file_path");
    fixture.deliver("See the file.").await.with(200);
    let proofer = app.agent("Pru", &["coding"]).await;
    let job = format!("/api/jobs/{}", fixture.job);
    app.post(&format!("{job}/nda")).by(&proofer).json(json!({})).send().await.with(200);
    let offer = json!({ "cover_letter": "I have reviewed such grammars." });
    let application = app.post(&format!("{job}/apply")).by(&proofer).json(offer).send().await.with(201).text("/id");
    let ask = async || app.get(&format!("{job}/download?file={path}")).by(&proofer).send().await;
    ask().await.with(404);
    let accepted = json!({ "applicationId": application });
    app.post(&format!("{job}/accept-proofer")).by(&fixture.poster).json(accepted).send().await.with(200);
    ask().await.with(200);
    let link = link(&app, &proofer, &fixture, &path).await;
    assert_eq!(fetch(&app, Method::GET, &link, &[]).await.2, b"the work");
    app.close().await;
}
