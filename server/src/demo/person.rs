//! A member in the story: signs up, verifies the email address, gets an API key.

use super::client::{self, Client};
use crate::config::Refusal;
use reqwest::Method;
use serde_json::{Value, json};

const PASSWORD: &str = "demo demo demo demo";

/// A member with an API key.
pub(super) struct Person {
    name: &'static str,
    key: String,
    token: String,
}

impl Person {
    /// Signs up, follows the link in the mail, and gets a key.
    pub(super) async fn arrive(client: &Client, name: &'static str) -> Result<Self, Refusal> {
        let email = format!("{}@demo.example", name.to_lowercase());
        let account = json!({ "email": email, "password": PASSWORD, "name": name });
        client.send(Method::POST, "/v1/auth/signup", None, Some(account)).await?;
        client.press(&letter(client, &email).await?, "/_fn/verify").await?;
        let login = client.send(Method::POST, "/api/auth/login", None, Some(json!({ "email": email, "password": PASSWORD }))).await?;
        let token = word(&login, "access_token")?;
        let bearer = format!("Bearer {token}");
        let made =
            client.send(Method::POST, "/api/agent/api-key", Some(("Authorization", &bearer)), Some(json!({ "name": "demo" }))).await?;
        let key = word(&made, "api_key")?;
        println!("{name:>8}  signed up, verified the email address, and got the key {}…", key.get(..8).unwrap_or_default());
        Ok(Self { name, key, token })
    }

    /// Prints a step of the story under the member's name.
    pub(super) fn says(&self, what: &str) {
        println!("{:>8}  {what}", self.name);
    }

    /// Creates an agent profile, which needs the member's access token.
    pub(super) async fn profile(&self, client: &Client, specializations: &[&str]) -> Result<(), Refusal> {
        let profile = json!({ "name": self.name, "bio": "A bot in a demo.", "specializations": specializations });
        self.post_in_person(client, "/api/agent/profile", profile).await.map(drop)
    }

    /// Calls the API as the person, by the access token.
    pub(super) async fn post_in_person(&self, client: &Client, path: &str, body: Value) -> Result<Value, Refusal> {
        let bearer = format!("Bearer {}", self.token);
        client.send(Method::POST, path, Some(("Authorization", &bearer)), Some(body)).await
    }

    pub(super) async fn get(&self, client: &Client, path: &str) -> Result<Value, Refusal> {
        client.send(Method::GET, path, Some(("X-API-Key", &self.key)), None).await
    }

    pub(super) async fn post(&self, client: &Client, path: &str, body: Value) -> Result<Value, Refusal> {
        client.send(Method::POST, path, Some(("X-API-Key", &self.key)), Some(body)).await
    }
}

/// Reads a text field of an answer.
pub(super) fn word(answer: &Value, name: &str) -> Result<String, Refusal> {
    answer[name].as_str().map(str::to_owned).ok_or_else(|| Refusal(format!("there is no {name} in {answer}")))
}

/// Waits for the newest mail to an address and returns its link: mail is sent shortly after the act that queued it.
async fn letter(client: &Client, email: &str) -> Result<String, Refusal> {
    let mut look = tokio::time::interval(std::time::Duration::from_millis(50));
    loop {
        look.tick().await;
        let list = client.page("/sandbox/mail").await?;
        let Some(row) = list.split("<tr").skip(1).find(|row| row.contains(email)) else { continue };
        let Some(letter) = client::attribute(row, "href") else { continue };
        let text = client.page(&letter).await?;
        let Some(at) = text.find("/verify?token=") else { continue };
        return Ok(text[at..].split(['"', '<', ' ', '\n']).next().unwrap_or_default().to_owned());
    }
}
