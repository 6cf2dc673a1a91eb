//! A server in this process, on a port and a folder of its own.

use clap::{CommandFactory, Parser};
use market::Market;
use market::time::Clock;
use reqwest::{Client, Method, RequestBuilder, redirect};
use server::{Config, ExitReason, Server, Settings};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A folder that goes when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("guildhall-server-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that can't be removed stays in the system's temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[derive(Parser)]
struct SavedAnswer {
    #[command(flatten)]
    settings: Settings,
}

/// The settings of a command line.
pub(crate) fn settings(line: &[&str]) -> Settings {
    SavedAnswer::parse_from(std::iter::once("guildhall").chain(line.iter().copied())).settings
}

/// The settings that production mode needs besides a mail server.
pub(crate) const PRODUCTION: [&str; 8] = [
    "--mode",
    "production",
    "--secret",
    "0123456789abcdef0123456789abcdef",
    "--base-url",
    "https://guild.example",
    "--mail-from",
    "Guildhall <no-reply@guild.example>",
];

/// Every variable and its default; empty where the default is not a plain word.
pub(crate) fn variables() -> Vec<(String, String)> {
    let said = SavedAnswer::command();
    let named = said.get_arguments().filter_map(|arg| Some((arg.get_env()?.to_str()?.to_owned(), arg.get_default_values())));
    named.map(|(name, values)| (name, values.iter().filter_map(|value| value.to_str()).collect())).collect()
}

/// A server that answers.
pub(crate) struct TestServer {
    pub(crate) url: String,
    pub(crate) folder: Folder,
    pub(crate) client: Client,
    pub(crate) market: Market,
    stop: oneshot::Sender<()>,
    running: JoinHandle<ExitReason>,
}

impl TestServer {
    pub(crate) async fn open() -> Self {
        Self::with(&[]).await
    }

    pub(crate) async fn with(line: &[&str]) -> Self {
        Self::at(&Clock::System, line).await
    }

    /// By this clock.
    pub(crate) async fn at(clock: &Clock, line: &[&str]) -> Self {
        let folder = Folder::new();
        let place = ["--listen", "127.0.0.1:0", "--data", folder.path().to_str().unwrap()];
        let limits: &[&str] = if line.contains(&"--rate-limits") { &[] } else { &["--rate-limits", "off"] };
        let line: Vec<_> = place.iter().chain(limits).chain(line).copied().collect();
        let config: Config = settings(&line).check().unwrap();
        let server = Server::open(config).await.unwrap().with_clock(clock.clone());
        let url = format!("http://{}", server.address());
        let market = server.market().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        Self { url, folder, client, market, stop, running }
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.ask(Method::GET, path)
    }

    pub(crate) async fn close(self) {
        let (stopped, _folder) = self.stop();
        stopped.await;
    }

    /// Begins to stop; returns the rest of it, and the folder.
    pub(crate) fn stop(self) -> (impl Future<Output = ()>, Folder) {
        let Self { stop, running, folder, .. } = self;
        let _ = stop.send(());
        (async { assert_eq!(running.await.unwrap(), ExitReason::Stopped) }, folder)
    }
}

/// Returns the `Set-Cookie` header of this name, or an empty text.
pub(crate) fn cookie_named(response: &reqwest::Response, name: &str) -> String {
    let all = response.headers().get_all(reqwest::header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    all.filter(|cookie| cookie.starts_with(&format!("{name}="))).map(str::to_owned).next().unwrap_or_default()
}

/// Returns the part of a cookie that a browser sends back.
pub(crate) fn pair(cookie: &str) -> &str {
    cookie.split(';').next().unwrap()
}

/// The cookie of a browser session.
pub(crate) const SESSION: &str = "guildhall_session";
