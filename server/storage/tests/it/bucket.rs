//! A bucket, over real HTTP: moto's S3 server.

use crate::contract::{self, bytes, later, put};
use market::id::{FileId, random};
use std::io::{Read, Write};
use std::net::TcpStream;
use storage::{Bucket, FileStore};

fn test_url() -> String {
    std::env::var("TEST_S3_URL").expect("TEST_S3_URL: run the tests by `make test`, or by `tools/s3 run cargo test`")
}

fn bucket() -> Bucket {
    let url = test_url();
    let (endpoint, name) = url.rsplit_once('/').unwrap();
    let key = Some(("AKIATEST".to_owned(), "a secret that only this test knows".to_owned()));
    Bucket { name: name.into(), endpoint: Some(endpoint.into()), region: None, key }
}

async fn store() -> FileStore {
    FileStore::bucket(&bucket(), &random("home_")).await.unwrap()
}

/// Asks the bucket directly and returns its answer.
fn asked(question: &str) -> String {
    let url = test_url();
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path}?{question} HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}

#[tokio::test]
async fn it_keeps_what_it_is_given() {
    contract::what_goes_in_comes_out(&store().await).await;
    contract::nothing_comes_out_of_an_empty_file(&store().await).await;
    contract::what_is_there_is_listed(&store().await).await;
}

#[tokio::test]
async fn what_broke_off_leaves_nothing() {
    let store = store().await;
    let id = FileId::new();
    let mut writer = store.put(&id).unwrap();
    writer.write(bytes(6 << 20)).await.unwrap();
    let parts = writer.parts().expect("the bucket calls them something before it has any").to_owned();
    writer.write(bytes(6 << 20)).await.unwrap();
    writer.wait_idle().await;
    assert!(asked("uploads").contains(id.as_str()), "as a killed process leaves it");
    drop(writer);
    store.remove(&id, Some(&parts)).await.unwrap();
    assert!(!asked("uploads").contains(id.as_str()));
    store.remove(&id, Some(&parts)).await.expect("removing what is not there is fine");
    contract::what_breaks_off_is_not_there(&store).await;
}

#[tokio::test]
async fn two_databases_share_a_bucket_and_see_nothing_of_each_other() {
    let (mine, theirs) = (store().await, store().await);
    let (id, _) = put(&theirs, &bytes(10), 10).await;
    assert_eq!(mine.older_than(later()).await.unwrap(), []);
    assert_eq!(contract::get(&mine, &id, 0..1).await, None);
    mine.remove(&id, None).await.unwrap();
    assert!(contract::get(&theirs, &id, 0..1).await.is_some());
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_told_of() {
    let elsewhere = Bucket { name: "nowhere".into(), ..bucket() };
    let told = FileStore::bucket(&elsewhere, "home").await.unwrap_err();
    assert!(told.contains("nowhere") || told.contains("NoSuchBucket") || told.contains("not found"), "{told}");
    assert!(!told.contains("a secret that only this test knows"), "{told}");
}
