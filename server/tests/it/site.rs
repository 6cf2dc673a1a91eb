//! Files: found, packed, and asked for again for nothing.

use crate::test_server::TestServer;
use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};

/// The address of this build's scripts and style; the suite builds the site before it runs.
async fn pkg(server: &TestServer) -> String {
    let html = server.get("/").send().await.unwrap().text().await.unwrap();
    let at = html.split("href=\"/pkg/").nth(1).and_then(|rest| rest.split('/').next()).expect("a page names its build");
    format!("/pkg/{at}")
}

#[tokio::test]
async fn a_build_is_kept_for_ever_and_packed_as_asked() {
    let server = TestServer::open().await;
    let pkg = pkg(&server).await;
    for (file, kind) in [("guildhall.css", "text/css"), ("guildhall.js", "text/javascript"), ("guildhall_bg.wasm", "application/wasm")] {
        let path = format!("{pkg}/{file}");
        let plain = server.get(&path).send().await.unwrap();
        assert_eq!(plain.status(), 200, "{path}: build the site first, as make test does");
        assert!(plain.headers()[CONTENT_TYPE].to_str().unwrap().starts_with(kind), "{path}");
        assert_eq!(plain.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(plain.headers()[VARY], "accept-encoding");
        assert!(plain.headers().get(CONTENT_ENCODING).is_none());
        let (tag, size) = (plain.headers()[ETAG].clone(), plain.bytes().await.unwrap().len());
        for (asked, given) in [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip")] {
            let packed = server.get(&path).header(ACCEPT_ENCODING, asked).send().await.unwrap();
            assert_eq!(packed.headers()[CONTENT_ENCODING], given, "{path} {asked}");
            assert_ne!(packed.headers()[ETAG], tag, "other bytes, another strong tag");
            assert!(packed.headers()[CONTENT_TYPE].to_str().unwrap().starts_with(kind), "{path}");
            assert!(packed.bytes().await.unwrap().len() < size, "{path} {asked}");
        }
    }
    server.close().await;
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let server = TestServer::open().await;
    let first = server.get("/favicon.svg").send().await.unwrap();
    assert_eq!(first.headers()[CACHE_CONTROL], "no-cache");
    let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"'), "strong: {tag}");
    for (known, status) in
        [(tag.clone(), 304), (format!("\"other\", {tag}"), 304), (format!("W/{tag}"), 304), ("*".into(), 304), ("\"other\"".into(), 200)]
    {
        let again = server.get("/favicon.svg").header(IF_NONE_MATCH, &known).send().await.unwrap();
        assert_eq!(again.status(), status, "{known}");
        assert_eq!(again.headers()[ETAG].to_str().unwrap(), tag);
    }
    let two_lines = server.get("/favicon.svg").header(IF_NONE_MATCH, "\"other\"").header(IF_NONE_MATCH, &tag);
    assert_eq!(two_lines.send().await.unwrap().status(), 304, "the tags of all lines count");
    server.close().await;
}

#[tokio::test]
async fn only_files_are_files() {
    let server = TestServer::open().await;
    let pkg = pkg(&server).await;
    for path in [
        "/pkg.txt",
        "/pkg/0000/guildhall.js",
        &format!("{pkg}/guildhall.css.br"),
        &format!("{pkg}/../../Cargo.toml"),
        "/..%2f..%2fCargo.toml",
    ] {
        assert_eq!(server.get(path).send().await.unwrap().status(), 404, "{path}");
    }
    server.close().await;
}

#[tokio::test]
async fn pages_and_documents_are_packed_on_the_way() {
    let server = TestServer::open().await;
    for path in ["/", "/openapi.json"] {
        let packed = server.get(path).header(ACCEPT_ENCODING, "gzip, br").send().await.unwrap();
        assert_eq!(packed.headers()[CONTENT_ENCODING], "gzip", "{path}");
        assert_eq!(packed.headers()[VARY], "accept-encoding", "{path}");
        assert!(server.get(path).send().await.unwrap().headers().get(CONTENT_ENCODING).is_none());
    }
    let small = server.get("/readyz").header(ACCEPT_ENCODING, "br").send().await.unwrap();
    assert!(small.headers().get(CONTENT_ENCODING).is_none());
    server.close().await;
}
