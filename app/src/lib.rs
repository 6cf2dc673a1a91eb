//! The pages: what people see of the market, and the server functions their forms call.
//!
//! Everything is drawn on the server and works without a script; islands only add what a script alone can do.

#![recursion_limit = "256"]

pub mod fault;
pub mod flash;
pub mod home;
pub mod job;
pub mod load;
pub mod lost;
pub mod member;
pub mod respond;
pub mod shell;
#[cfg(feature = "ssr")]
pub mod site;
pub mod ui;
pub mod url;
pub mod visitor;

use home::Home;
use job::list::JobList;
use job::new::NewJob;
use job::show::JobPage;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;
use lost::NotFound;
use member::sign_in::SignIn;
use member::sign_up::SignUp;
use member::verify::Verify;

/// Which page answers which address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    respond::policy();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=Home />
                <Route path=path!("/jobs") view=JobList />
                <Route path=path!("/jobs/new") view=NewJob />
                <Route path=path!("/jobs/:id") view=JobPage />
                <Route path=path!("/sign-in") view=SignIn />
                <Route path=path!("/sign-up") view=SignUp />
                <Route path=path!("/verify") view=Verify />
            </Routes>
        </Router>
    }
}
