//! Where letters go: a folder in the sandbox, a mail server in production.

use crate::config::Refusal;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use market::mail::{Mail, Mailer};
use std::path::{Path, PathBuf};

const SANDBOX_SENDER: &str = "Guildhall sandbox <guildhall@localhost>";

/// The two ways of sending. Cheap to clone.
#[derive(Clone)]
pub(crate) enum Post {
    /// One file a letter, named by its id: sending it twice changes nothing.
    Folder(PathBuf, Mailbox),
    /// A mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>, Mailbox),
}

impl Post {
    /// `smtp` is the mail server's address and the sender; without it letters go to `folder`.
    pub(crate) fn open(folder: PathBuf, smtp: Option<&(String, String)>) -> Result<Self, Refusal> {
        let Some((url, from)) = smtp else {
            return Ok(Post::Folder(folder, mailbox(SANDBOX_SENDER)?));
        };
        // The address may hold a password, so neither it nor what is wrong with it is repeated.
        let unreadable = |_| Refusal("GUILDHALL_SMTP_URL can't be read; write smtps://USER:PASSWORD@HOST:PORT".into());
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(unreadable)?;
        Ok(Post::Smtp(transport.build(), mailbox(from)?))
    }
}

fn mailbox(text: &str) -> Result<Mailbox, Refusal> {
    text.parse().map_err(|_| Refusal(format!("GUILDHALL_MAIL_FROM is '{text}'; write it like 'Guildhall <no-reply@example.org>'")))
}

impl Mailer for Post {
    async fn send(&self, id: &str, mail: &Mail) -> Result<(), String> {
        match self {
            Post::Folder(folder, from) => {
                // Not encoded, so that a person or a test can read it in the file.
                let text = Body::dangerous_pre_encoded(mail.text.replace('\n', "\r\n").into_bytes(), ContentTransferEncoding::EightBit);
                keep(folder, id, &message(id, mail, from, text)?).map_err(|error| error.to_string())
            }
            Post::Smtp(transport, from) => {
                let letter = message(id, mail, from, Body::new(mail.text.clone()))?;
                transport.send(letter).await.map(drop).map_err(|error| error.to_string())
            }
        }
    }
}

fn message(id: &str, mail: &Mail, from: &Mailbox, text: Body) -> Result<Message, String> {
    let to = mail.to.parse().map_err(|error| format!("the address can't be used: {error}"))?;
    Message::builder()
        // The same id each time it is tried: mail servers drop the second one.
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .from(from.clone())
        .to(to)
        .subject(&mail.subject)
        .header(ContentType::TEXT_PLAIN)
        .body(text)
        .map_err(|error| error.to_string())
}

/// Written beside and renamed, so that nobody reads half a letter.
fn keep(folder: &Path, id: &str, message: &Message) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let half = folder.join(format!("{id}.half"));
    std::fs::write(&half, message.formatted())?;
    std::fs::rename(half, folder.join(format!("{id}.eml")))
}
