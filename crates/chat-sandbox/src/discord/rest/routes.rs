//! Which routes there are. The table in the README is made of this list.

use std::sync::Arc;

use axum::{
    Router,
    handler::Handler,
    http::Method,
    routing::{MethodFilter, on},
};

use super::{
    applications as a, channels as c, guilds as g, interactions as i, members as m,
    messages as msg, pins as p, reactions as r, roles as ro, threads as t, users as u,
    webhooks as w,
};
use crate::discord::World;

/// The routes, and what they are called.
#[derive(Default)]
pub(crate) struct Routes {
    pub(super) router: Router<Arc<World>>,
    /// Methods and paths, in the order of the list below.
    pub(crate) names: Vec<(Method, &'static str)>,
}

impl Routes {
    fn on<H, T>(mut self, method: Method, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Arc<World>>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).expect("a method that axum knows");
        self.router = self.router.route(path, on(filter, handler));
        self.names.push((method, path));
        self
    }
}

/// Adds routes of one path to others, each by its method.
macro_rules! add {
    ($routes:ident, $path:expr, $($method:ident $handler:expr),+) => {
        $(let $routes = $routes.on(Method::$method, $path, $handler);)+
    };
}

/// All routes.
pub(crate) fn all() -> Routes {
    interaction(thread(message(channel(guild(user(application(
        Routes::default(),
    )))))))
}

fn application(routes: Routes) -> Routes {
    add!(routes, "/gateway", GET a::gateway);
    add!(routes, "/gateway/bot", GET a::gateway_bot);
    add!(routes, "/applications/@me", GET a::me);
    add!(routes, "/oauth2/applications/@me", GET a::me);
    add!(routes, "/applications/{application}/commands", GET a::list, POST a::create, PUT a::overwrite);
    add!(routes, "/applications/{application}/commands/{command}", GET a::one, PATCH a::edit, DELETE a::delete);
    add!(routes, "/applications/{application}/guilds/{guild}/commands", GET a::list, POST a::create, PUT a::overwrite);
    add!(routes, "/applications/{application}/guilds/{guild}/commands/permissions", GET a::permissions);
    add!(routes, "/applications/{application}/guilds/{guild}/commands/{command}", GET a::one, PATCH a::edit, DELETE a::delete);
    add!(routes, "/applications/{application}/guilds/{guild}/commands/{command}/permissions", GET a::permissions_of_one);
    add!(routes, "/soundboard-default-sounds", GET g::default_sounds);
    routes
}

fn user(routes: Routes) -> Routes {
    add!(routes, "/users/@me", GET u::me);
    add!(routes, "/users/@me/guilds", GET u::guilds);
    add!(routes, "/users/@me/guilds/{guild}", DELETE u::leave);
    add!(routes, "/users/@me/channels", POST u::direct);
    add!(routes, "/users/{user}", GET u::one);
    routes
}

fn guild(routes: Routes) -> Routes {
    add!(routes, "/guilds/{guild}", GET g::one);
    add!(routes, "/guilds/{guild}/channels", GET g::channels, POST c::create);
    add!(routes, "/guilds/{guild}/threads/active", GET t::active);
    add!(routes, "/guilds/{guild}/soundboard-sounds", GET g::sounds);
    add!(routes, "/guilds/{guild}/emojis", GET g::none);
    add!(routes, "/guilds/{guild}/stickers", GET g::none);
    add!(routes, "/guilds/{guild}/roles", GET g::roles, POST ro::create);
    add!(routes, "/guilds/{guild}/roles/{role}", GET ro::one, PATCH ro::edit, DELETE ro::delete);
    add!(routes, "/guilds/{guild}/members", GET g::members);
    add!(routes, "/guilds/{guild}/members/search", GET g::search);
    add!(routes, "/guilds/{guild}/members/@me", PATCH m::edit_own);
    add!(routes, "/guilds/{guild}/members/{user}", GET g::member, PATCH m::edit, DELETE m::kick);
    add!(routes, "/guilds/{guild}/members/{user}/roles/{role}", PUT m::give_role, DELETE m::take_role);
    add!(routes, "/guilds/{guild}/bans", GET m::bans);
    add!(routes, "/guilds/{guild}/bans/{user}", GET m::ban_of, PUT m::ban, DELETE m::unban);
    routes
}

fn channel(routes: Routes) -> Routes {
    add!(routes, "/channels/{channel}", GET c::one, PATCH c::edit, DELETE c::delete);
    add!(routes, "/channels/{channel}/permissions/{overwrite}", PUT c::set_permission, DELETE c::delete_permission);
    add!(routes, "/channels/{channel}/typing", POST c::typing);
    add!(routes, "/channels/{channel}/pins", GET p::list_old);
    add!(routes, "/channels/{channel}/pins/{message}", PUT p::pin, DELETE p::unpin);
    add!(routes, "/channels/{channel}/messages", GET msg::list, POST msg::create);
    add!(routes, "/channels/{channel}/messages/pins", GET p::list);
    add!(routes, "/channels/{channel}/messages/pins/{message}", PUT p::pin, DELETE p::unpin);
    add!(routes, "/channels/{channel}/messages/bulk-delete", POST msg::delete_many);
    routes
}

fn message(routes: Routes) -> Routes {
    add!(routes, "/channels/{channel}/messages/{message}", GET msg::one, PATCH msg::edit, DELETE msg::delete);
    add!(routes, "/channels/{channel}/messages/{message}/reactions", DELETE r::clear);
    add!(routes, "/channels/{channel}/messages/{message}/reactions/{emoji}", GET r::list);
    add!(routes, "/channels/{channel}/messages/{message}/reactions/{emoji}/@me", PUT r::add, DELETE r::remove);
    add!(routes, "/channels/{channel}/messages/{message}/reactions/{emoji}/{user}", DELETE r::remove_of);
    routes
}

fn thread(routes: Routes) -> Routes {
    add!(routes, "/channels/{channel}/messages/{message}/threads", POST t::start);
    add!(routes, "/channels/{channel}/threads", POST t::start_alone);
    add!(routes, "/channels/{channel}/thread-members/@me", PUT t::join, DELETE t::join);
    routes
}

fn interaction(routes: Routes) -> Routes {
    add!(routes, "/interactions/{id}/{token}/callback", POST i::callback);
    add!(routes, "/webhooks/{application}/{token}", POST w::follow_up);
    add!(routes, "/webhooks/{application}/{token}/messages/{message}", GET w::one, PATCH w::edit, DELETE w::delete);
    routes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_there_once() {
        let mut names: Vec<String> = all()
            .names
            .iter()
            .map(|(m, p)| format!("{m} {p}"))
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
