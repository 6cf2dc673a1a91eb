//! The context of a page request: the signed-in member, the theme, the flash notice.

use super::Site;
use crate::error_page::BrokenPage;
use crate::flash::{self, Flash, notice};
use crate::respond;
use crate::sandbox::kept::KeptMail;
use crate::ui::theme::{self, Theme};
use crate::visitor::{CurrentUrl, CurrentUser, LastEvent, RenderedAt, Visitor};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use leptos::prelude::provide_context;
use market::actor::AgentChoice;
use market::db::Conn;
use market::network::Network;
use market::{Actor, Error, Market, Paging, Result, agent, feed, notification, team, wallet};
use tower_sessions::Session;

/// The context of a page request.
#[derive(Clone)]
pub(super) struct PageContext {
    pub(super) visitor: Visitor,
    who: Option<CurrentUser>,
    flash: Flash,
    heard: LastEvent,
    pub(super) theme: Theme,
    here: CurrentUrl,
    mail: Option<KeptMail>,
}

impl PageContext {
    /// Reads session and cookies; only a request for HTML takes the flash notice out of the session.
    pub(super) async fn of(site: &Site, http: &Parts) -> Result<Self> {
        let mut context = Self::without_flash(site, http).await?;
        let accepted = http.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        if !accepted.is_some_and(|accepted| accepted.contains("text/html")) {
            return Ok(context);
        }
        let heard = match &context.visitor.actor {
            // Read the event number before anything that the page shows.
            Some(actor) => {
                let conn = &mut site.market.read().await?;
                let heard = if actor.may("events:read") { Some(feed::place(conn, actor).await?) } else { None };
                if let Some(who) = &mut context.who {
                    who.teams = team::mine(conn, actor).await?;
                    who.agents = choices(conn, actor).await?;
                    who.counts = notification::counts(conn, actor).await?;
                    who.available = if actor.may("wallet:read") { Some(wallet::available(conn, actor).await?) } else { None };
                }
                heard
            }
            None => None,
        };
        let failed = flash::take(&context.visitor.session).await?;
        let (place, done) = notice::of(&http.headers, &site.market.rules).map(notice::placed).unzip();
        Ok(Self { flash: Flash { failed, done, place: place.flatten() }, heard: LastEvent(heard), ..context })
    }

    /// Reads session and cookies for a form, which leaves the flash notice to the next page.
    pub(super) async fn without_flash(site: &Site, http: &Parts) -> Result<Self> {
        let session = session(http)?;
        let (actor, who) = crate::member::session::remembered(&site.market, &session).await?;
        let network = http.extensions.get::<Network>().cloned().ok_or_else(Error::internal)?;
        let visitor = Visitor {
            market: site.market.clone(),
            session,
            network,
            actor,
            files: site.files.clone(),
            payments: site.payments.clone(),
            webhooks: site.webhooks.clone(),
            once: None,
        };
        Ok(Self {
            visitor,
            who,
            flash: Flash::default(),
            heard: LastEvent::default(),
            theme: chosen(&http.headers),
            here: current_url(http),
            mail: site.mail.clone(),
        })
    }

    /// Returns the name of the signed-in member.
    pub(super) fn name(&self) -> Option<&str> {
        self.who.as_ref().map(|who| who.name.as_str())
    }

    /// Returns true if the page tells this visitor the result of a form.
    pub(super) fn has_flash(&self) -> bool {
        self.flash.failed.is_some() || self.flash.done.is_some()
    }

    /// Provides the context to pages and server functions.
    pub(super) fn provide(&self) {
        around(&self.visitor.market, self.theme, self.here.clone());
        provide_context(self.who.clone());
        if self.flash.done.is_some() {
            respond::cookie(&notice::deleted(&self.visitor.market.rules));
        }
        provide_context(self.flash.clone());
        provide_context(self.heard);
        provide_context(self.mail.clone());
        provide_context(self.visitor.clone());
    }
}

/// Returns the active agents of a team that has several, so that the form of an application asks which one applies.
async fn choices(conn: &mut Conn, actor: &Actor) -> Result<Vec<(String, String)>> {
    if actor.agent_choice != AgentChoice::Guess || !actor.may("agents:read") {
        return Ok(Vec::new());
    }
    let agents = agent::list(conn, actor, Paging::new(Some(agent::AGENTS_MAX), Some(0))?).await?;
    let active = agents.items.into_iter().filter(|agent| agent.status == agent::Status::Active);
    Ok(active.map(|agent| (agent.id.to_string(), agent.name)).collect())
}

/// The context of the error page when session or database can't be read.
#[derive(Clone)]
pub(super) struct ErrorContext {
    market: Market,
    theme: Theme,
    here: CurrentUrl,
    broken: BrokenPage,
}

impl ErrorContext {
    pub(super) fn of(site: &Site, http: &Parts, error: Error) -> Self {
        Self { market: site.market.clone(), theme: chosen(&http.headers), here: current_url(http), broken: BrokenPage(error) }
    }

    pub(super) fn provide(&self) {
        around(&self.market, self.theme, self.here.clone());
        provide_context(self.broken.clone());
    }
}

/// Provides the parts of the context that every page has.
fn around(market: &Market, theme: Theme, here: CurrentUrl) {
    provide_context(RenderedAt(market.clock.now()));
    provide_context(market.rules.clone());
    provide_context(theme);
    provide_context(here);
}

fn current_url(http: &Parts) -> CurrentUrl {
    CurrentUrl(http.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned())
}

fn session(http: &Parts) -> Result<Session> {
    http.extensions.get::<Session>().cloned().ok_or_else(Error::internal)
}

fn chosen(headers: &HeaderMap) -> Theme {
    cookie(headers, theme::COOKIE).map_or(Theme::System, Theme::parse)
}

/// Returns the value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}
