//! Production's mail goes to a mail server.

use crate::test_server::{PRODUCTION, TestServer};
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// Takes one letter as a mail server would: who it is for, and all of it.
async fn one_letter(server: TcpListener) -> (String, String) {
    let (stream, _) = server.accept().await.unwrap();
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let (mut to, mut letter) = (String::new(), String::new());
    writer.write_all(b"220 here\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        let answer = match line.split([' ', ':']).next().unwrap() {
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await.unwrap();
                while let Some(line) = lines.next_line().await.unwrap().filter(|line| line != ".") {
                    letter += &line;
                    letter.push('\n');
                }
                writer.write_all(b"250 taken\r\n").await.unwrap();
                break;
            }
            "RCPT" => {
                to = line;
                "250 yes\r\n"
            }
            _ => "250 yes\r\n",
        };
        writer.write_all(answer.as_bytes()).await.unwrap();
    }
    (to, letter)
}

#[tokio::test]
async fn a_letter_reaches_the_mail_server() {
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", server.local_addr().unwrap());
    let letter = tokio::spawn(one_letter(server));
    let server = TestServer::with(&[&PRODUCTION[..], &["--smtp-url", &url]].concat()).await;
    let who = json!({ "name": "Ada", "email": "ada@example.org", "password": "correct horse battery" });
    assert_eq!(server.client.post(format!("{}/v1/auth/signup", server.url)).json(&who).send().await.unwrap().status(), 201);
    let (to, letter) = tokio::time::timeout(Duration::from_secs(20), letter).await.expect("a letter").unwrap();
    assert_eq!(to, "RCPT TO:<ada@example.org>");
    for part in ["From: Guildhall <no-reply@guild.example>", "To: ada@example.org", "Message-ID: <mail_", "https://guild.example/verify"] {
        assert!(letter.contains(part), "{part}: {letter}");
    }
    server.close().await;
}
