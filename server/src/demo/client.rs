//! The demo's HTTP client: sends JSON, opens pages, submits forms.

use crate::config::Refusal;
use reqwest::{Method, RequestBuilder, redirect};
use serde_json::Value;
use std::net::SocketAddr;

/// An HTTP client for one server.
pub(super) struct Client {
    client: reqwest::Client,
    base: String,
}

impl Client {
    pub(super) fn new(address: SocketAddr) -> Result<Self, Refusal> {
        let client = reqwest::Client::builder().redirect(redirect::Policy::none()).build().map_err(|error| failed(&error))?;
        Ok(Self { client, base: format!("http://{address}") })
    }

    /// Sends JSON, with an API key if there is one; any error status fails the demo.
    pub(super) async fn send(&self, method: Method, path: &str, key: Option<(&str, &str)>, body: Option<Value>) -> Result<Value, Refusal> {
        let mut request = self.client.request(method, self.url(path));
        if let Some((header, value)) = key {
            request = request.header(header, value);
        }
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        let text = self.text(request, path).await?;
        serde_json::from_str(&text).map_err(|_| Refusal(format!("{path} did not answer with JSON: {text}")))
    }

    /// Reads the HTML of a page.
    pub(super) async fn page(&self, path: &str) -> Result<String, Refusal> {
        self.text(self.client.get(self.url(path)), path).await
    }

    /// Presses a button of a page elsewhere, whose form has no fields.
    pub(super) async fn press_there(&self, url: &str) -> Result<(), Refusal> {
        self.text(self.client.post(url), url).await.map(drop)
    }

    /// Posts JSON elsewhere; the answer says nothing.
    pub(super) async fn tell(&self, url: &str, body: Value) -> Result<(), Refusal> {
        let request = self.client.post(url).header("Content-Type", "application/json").body(body.to_string());
        self.text(request, url).await.map(drop)
    }

    /// The address of the server.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Opens a page and submits its form with the given `action`, as a browser without scripts would.
    pub(super) async fn press(&self, path: &str, action: &str) -> Result<(), Refusal> {
        let page = self.page(path).await?;
        let form = page.split("<form").find(|form| form.contains(&format!("action=\"{action}\"")));
        let form = form.and_then(|form| form.split("</form>").next()).ok_or_else(|| Refusal(format!("{path} has no form to {action}")))?;
        let fields: Vec<_> =
            form.split("<input").skip(1).filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect();
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.post(self.url(action)).header("Content-Type", "application/x-www-form-urlencoded").body(body.join("&"));
        self.text(request, action).await.map(drop)
    }

    async fn text(&self, request: RequestBuilder, path: &str) -> Result<String, Refusal> {
        let answer = request.send().await.map_err(|error| failed(&error))?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| failed(&error))?;
        if status.is_client_error() || status.is_server_error() {
            return Err(Refusal(format!("{path} answered {status}: {text}")));
        }
        Ok(text)
    }

    /// The address of a path on this server; an absolute link stays as it is.
    fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) }
    }
}

/// Finds the first value of an attribute in a piece of HTML.
pub(super) fn attribute(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(str::to_owned)
}

fn failed(error: &reqwest::Error) -> Refusal {
    Refusal(format!("the server could not be reached: {error}; with --stripe, start the fake Stripe at that address first"))
}
