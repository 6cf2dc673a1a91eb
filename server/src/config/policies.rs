//! Settings of the operator's own texts: the terms of use and the privacy policy, by their addresses.

use super::Refusal;
use clap::Args;
use http::Uri;
use market::rules::Policies;

/// The addresses of the operator's texts.
#[derive(Args, Clone, Debug, Default)]
pub struct PolicySettings {
    /// The terms of use, which the footer links to and a sign-up accepts, like https://example.org/terms
    #[arg(long, env = "GUILDHALL_TERMS_URL", value_name = "URL", global = true, help_heading = "Outside")]
    pub terms_url: Option<String>,
    /// The privacy policy, which the footer links to and a sign-up accepts, like https://example.org/privacy
    #[arg(long, env = "GUILDHALL_PRIVACY_URL", value_name = "URL", global = true, help_heading = "Outside")]
    pub privacy_url: Option<String>,
}

impl PolicySettings {
    pub(super) fn check(self) -> Result<Policies, Refusal> {
        Ok(Policies {
            terms_url: address("GUILDHALL_TERMS_URL", self.terms_url)?,
            privacy_url: address("GUILDHALL_PRIVACY_URL", self.privacy_url)?,
        })
    }
}

/// Checks an address; an empty one is none.
fn address(name: &str, said: Option<String>) -> Result<Option<String>, Refusal> {
    let Some(said) = said.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) else { return Ok(None) };
    let is_site = |uri: &Uri| {
        let host = uri.host().is_some_and(|host| !host.is_empty());
        let open = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        host && open && matches!(uri.scheme_str(), Some("https" | "http"))
    };
    match said.parse::<Uri>() {
        Ok(uri) if is_site(&uri) => Ok(Some(said)),
        // The message does not repeat the address, because there may be a password in it.
        _ => Err(Refusal(format!("{name} must be the address of a page, without a user name, like https://example.org/terms"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(said: &str) -> Result<Option<String>, String> {
        address("GUILDHALL_TERMS_URL", Some(said.to_owned())).map_err(|refusal| refusal.0)
    }

    #[test]
    fn an_address_of_a_page_is_taken() {
        for said in ["https://example.org/terms", "https://example.org/terms?lang=en", "http://127.0.0.1:8080/terms.html"] {
            assert_eq!(read(&format!(" {said} ")), Ok(Some(said.to_owned())));
        }
        assert_eq!(read(" "), Ok(None));
    }

    #[test]
    fn what_is_no_address_of_a_page_is_refused() {
        for said in
            ["terms", "/terms", "javascript:alert(1)", "ftp://example.org/terms", "https://", "https://me:hunter2@example.org/terms"]
        {
            let refusal = read(said).expect_err(said);
            assert!(refusal.contains("GUILDHALL_TERMS_URL") && !refusal.contains("hunter2"), "{refusal}");
        }
    }
}
