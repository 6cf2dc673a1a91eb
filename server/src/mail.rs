//! Sending mail: into a folder in the sandbox, through an SMTP server in production.

use crate::config::Refusal;
use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use market::mail::{Mail, Mailer, Unsent};
use std::path::{Path, PathBuf};

const SANDBOX_SENDER: &str = "Guildhall sandbox <guildhall@localhost>";

/// The two ways of sending mail. Cheap to clone.
#[derive(Clone)]
pub(crate) enum MailTransport {
    /// Writes each mail to a file named by its id, so sending it twice changes nothing.
    Folder(PathBuf, Mailbox),
    /// Sends through an SMTP server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>, Mailbox),
}

impl MailTransport {
    /// Opens the transport. `smtp` is the server's address and the sender; without it mail is written to `folder`.
    pub(crate) fn open(folder: PathBuf, smtp: Option<&(String, String)>) -> Result<Self, Refusal> {
        let Some((url, from)) = smtp else {
            return Ok(MailTransport::Folder(folder, mailbox(SANDBOX_SENDER)?));
        };
        // The address may hold a password, so the message repeats neither the address nor the parser's error.
        let unreadable = |_| Refusal("GUILDHALL_SMTP_URL can't be read; write smtps://USER:PASSWORD@HOST:PORT".into());
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(unreadable)?;
        Ok(MailTransport::Smtp(transport.build(), mailbox(from)?))
    }
}

fn mailbox(text: &str) -> Result<Mailbox, Refusal> {
    text.parse().map_err(|_| Refusal(format!("GUILDHALL_MAIL_FROM is '{text}'; write it like 'Guildhall <no-reply@example.org>'")))
}

impl Mailer for MailTransport {
    async fn send(&self, id: &str, mail: &Mail) -> Result<(), Unsent> {
        match self {
            MailTransport::Folder(folder, from) => {
                // The text is not encoded, so that a person or a test can read it in the file.
                let text = Body::dangerous_pre_encoded(mail.text.replace('\n', "\r\n").into_bytes(), ContentTransferEncoding::EightBit);
                keep(folder, id, &message(id, mail, from, text)?).map_err(|error| Unsent::Yet(error.to_string()))
            }
            MailTransport::Smtp(transport, from) => {
                let letter = message(id, mail, from, Body::new(mail.text.clone()))?;
                transport.send(letter).await.map(drop).map_err(|error| unsent(&error, &mail.to))
            }
        }
    }
}

/// Tells a mail server's refusal of the address from one that may pass: 553 says that the mailbox's name is not allowed, 556 that its
/// domain takes no mail; an address outside ASCII needs a server that can carry it.
fn unsent(error: &lettre::transport::smtp::Error, to: &str) -> Unsent {
    let code = error.status().map(|code| code.to_string());
    match code.as_deref() {
        Some("553" | "556") => Unsent::Ever(error.to_string()),
        None if error.is_client() && !to.is_ascii() => Unsent::Ever(error.to_string()),
        _ => Unsent::Yet(error.to_string()),
    }
}

fn message(id: &str, mail: &Mail, from: &Mailbox, text: Body) -> Result<Message, Unsent> {
    // The parser of `mail::address`: what passed at the sign-up passes here.
    let to = mail.to.parse::<Address>().map_err(|error| Unsent::Ever(format!("the address can't be used: {error}")))?;
    let mut letter = Message::builder()
        // Every attempt has the same message id, so that mail servers drop a repetition.
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .from(from.clone())
        .to(to.into())
        .subject(&mail.subject)
        .header(ContentType::TEXT_PLAIN);
    if let Some(stop) = &mail.unsubscribe {
        letter = letter.header(ListUnsubscribe(format!("<{stop}>"))).header(ListUnsubscribePost);
    }
    letter.body(text).map_err(|error| Unsent::Yet(error.to_string()))
}

/// The address that stops mails like this one, which mail programs show as a button (RFC 2369, RFC 8058).
#[derive(Clone, Debug)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// The promise that one POST to that address is enough.
#[derive(Clone, Debug)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// Writes a mail to a temporary file and renames it, so that a reader never sees half a mail.
fn keep(folder: &Path, id: &str, message: &Message) -> std::io::Result<()> {
    crate::private::folder(folder)?;
    let half = folder.join(format!("{id}.half"));
    std::fs::write(&half, message.formatted())?;
    std::fs::rename(half, folder.join(format!("{id}.eml")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_says_how_to_stop_mails_like_it() {
        let unsubscribe = Some("https://guild.example/unsubscribe?token=abc&kind=move".to_owned());
        let mail = Mail { to: "ada@example.org".into(), subject: "Your move".into(), text: "Hello\n".into(), unsubscribe };
        let letter = |mail: &Mail| {
            let text = message("mail_1", mail, &mailbox(SANDBOX_SENDER).unwrap(), Body::new(mail.text.clone())).unwrap();
            String::from_utf8(text.formatted()).unwrap()
        };
        let told = letter(&mail);
        assert!(told.contains("List-Unsubscribe: <https://guild.example/unsubscribe?token=abc&kind=move>\r\n"), "{told}");
        assert!(told.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{told}");
        assert!(!letter(&Mail { unsubscribe: None, ..mail }).contains("Unsubscribe"));
    }
}
