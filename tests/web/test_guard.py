"""Who may come in: only the one with the address, from our own page, by a name of this machine."""

from __future__ import annotations

import pytest

from voicemock.web.guard import HEADERS, Guard

GUARD = Guard(8480, root="/way/", token="token", cookie="cookie")
OURS = {"Host": "127.0.0.1:8480", "Cookie": "voicemock=cookie", "Sec-Fetch-Site": "same-origin"}


def status(target: str = "/way/", method: str = "GET", *, socket: bool = False, **headers: str | None) -> int:
    """What a request of ours with these headers changed is refused with; 200 where it is not."""
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    given = {name: value for name, value in {**OURS, **changed}.items() if value is not None}
    refusal = GUARD.check(method, target, given, socket=socket)
    return refusal.status if refusal else 200


class TestTheKey:
    def test_the_cookie_opens_every_page(self) -> None:
        assert status() == status("/way/sessions") == 200

    @pytest.mark.parametrize(
        "cookie", [None, "", "voicemock=", "voicemock=wrong", "other=cookie", "cookie", "\x00=;;="]
    )
    def test_without_it_nothing_opens(self, cookie: str | None) -> None:
        assert status(Cookie=cookie) == 403

    def test_another_cookie_of_the_same_name_does_not_lock_anyone_out(self) -> None:
        assert status(Cookie="voicemock=planted; a=b; voicemock=cookie") == 200

    def test_the_printed_address_opens_without_a_cookie_also_from_a_file(self) -> None:
        assert status("/way/?token=token", Cookie=None, Sec_Fetch_Site="cross-site") == 200

    @pytest.mark.parametrize(
        "target", ["/way/?token=wrong", "/way/?token=", "/way/sessions?token=token", "/way/?TOKEN=token"]
    )
    def test_a_wrong_token_or_one_elsewhere_is_none(self, target: str) -> None:
        assert status(target, Cookie=None) == 403

    def test_a_path_that_nobody_was_given_leads_nowhere(self) -> None:
        assert status("/") == status("/other/") == status("/favicon.ico") == 404

    def test_every_start_draws_new_secrets(self) -> None:
        one, other = Guard(1), Guard(1)
        assert len({one.root, other.root, one.token, other.token, one.cookie, other.cookie}) == 6

    def test_the_cookie_goes_to_no_script_no_other_site_and_no_other_path(self) -> None:
        assert GUARD.set_cookie() == "voicemock=cookie; Path=/way/; HttpOnly; SameSite=Strict"


class TestTheName:
    @pytest.mark.parametrize("host", ["127.0.0.1:8480", "[::1]:8480", "localhost:8480"])
    def test_the_loopback_has_three(self, host: str) -> None:
        assert status(Host=host) == 200

    @pytest.mark.parametrize(
        "host", [None, "", "evil.example:8480", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.nip.io:8480"]
    )
    def test_any_other_is_refused_whatever_it_resolves_to(self, host: str | None) -> None:
        assert status(Host=host) == 421


class TestTheAsker:
    @pytest.mark.parametrize(
        "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8480"]
    )
    def test_another_page_gets_nothing(self, origin: str) -> None:
        assert status(Origin=origin) == status(Origin=origin, socket=True) == 403

    def test_a_websocket_names_its_page(self) -> None:
        assert status(socket=True) == 403
        assert status(socket=True, Origin="http://127.0.0.1:8480") == 200

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_a_picture_or_a_link_on_another_page_gets_nothing(self, site: str) -> None:
        assert status(Sec_Fetch_Site=site) == 403

    def test_only_get_is_understood(self) -> None:
        assert {
            status(method=method) for method in ("POST", "PUT", "DELETE", "HEAD", "OPTIONS", "get", "TRACE")
        } == {405}


def test_pages_may_load_and_send_nothing_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
