//! A bucket, over real HTTP: moto's S3 server.

use crate::place::{self, bytes, later, put};
use depot::{Bucket, Depot};
use market::id::{FileId, random};
use std::io::{Read, Write};
use std::net::TcpStream;

fn test_url() -> String {
    std::env::var("TEST_S3_URL").expect("TEST_S3_URL: run the tests by `make test`, or by `tools/s3 run cargo test`")
}

fn bucket() -> Bucket {
    let url = test_url();
    let (endpoint, name) = url.rsplit_once('/').unwrap();
    let key = Some(("AKIATEST".to_owned(), "a secret that only this test knows".to_owned()));
    Bucket { name: name.into(), endpoint: Some(endpoint.into()), region: None, key }
}

async fn depot() -> Depot {
    Depot::bucket(&bucket(), &random("home_")).await.unwrap()
}

/// What the bucket itself answers to a question.
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
    place::what_goes_in_comes_out(&depot().await).await;
    place::what_is_there_is_listed(&depot().await).await;
}

#[tokio::test]
async fn what_broke_off_leaves_nothing() {
    let depot = depot().await;
    let id = FileId::new();
    let mut incoming = depot.put(&id).unwrap();
    incoming.write(bytes(6 << 20)).await.unwrap();
    let parts = incoming.parts().expect("the bucket calls them something before it has any").to_owned();
    incoming.write(bytes(6 << 20)).await.unwrap();
    incoming.settle().await;
    assert!(asked("uploads").contains(id.as_str()), "as a killed process leaves it");
    drop(incoming);
    depot.remove(&id, Some(&parts)).await.unwrap();
    assert!(!asked("uploads").contains(id.as_str()));
    depot.remove(&id, Some(&parts)).await.expect("removing what is not there is fine");
    place::what_breaks_off_is_not_there(&depot).await;
}

#[tokio::test]
async fn two_databases_share_a_bucket_and_see_nothing_of_each_other() {
    let (mine, theirs) = (depot().await, depot().await);
    let (id, _) = put(&theirs, &bytes(10), 10).await;
    assert_eq!(mine.older_than(later()).await.unwrap(), []);
    assert_eq!(place::get(&mine, &id, 0..1).await, None);
    mine.remove(&id, None).await.unwrap();
    assert!(place::get(&theirs, &id, 0..1).await.is_some());
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_told_of() {
    let elsewhere = Bucket { name: "nowhere".into(), ..bucket() };
    let told = Depot::bucket(&elsewhere, "home").await.unwrap_err();
    assert!(told.contains("nowhere") || told.contains("NoSuchBucket") || told.contains("not found"), "{told}");
    assert!(!told.contains("a secret that only this test knows"), "{told}");
}
