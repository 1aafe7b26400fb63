package io.github.x402sessions.client.diagnosis;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.scheme.SessionScheme;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a facilitator: who it is, whether it answers, and whether it takes the
 * payment.
 */
final class FacilitatorCheck {

	private static final String TOPIC = "facilitator";

	private static final String SPENDER = "spender";

	private final CheckList list;

	private final Inquiry inquiry;

	private final DiagnosisPlan plan;

	FacilitatorCheck(CheckList list, Inquiry inquiry, DiagnosisPlan plan) {
		this.list = list;
		this.inquiry = inquiry;
		this.plan = plan;
	}

	/**
	 * Look at the facilitator of a way to pay.
	 * @param way the way, or {@code null} if none is known
	 * @param server the server that was called
	 * @return the facilitator, or {@code null} if it was not asked
	 */
	@Nullable FoundFacilitator ask(@Nullable PaymentRequirements way, URI server) {
		URI url = find(way, server);
		if (url == null) {
			return null;
		}
		if (!"https".equalsIgnoreCase(url.getScheme()) && !Place.isHere(url)) {
			this.list.warn(TOPIC, "it is asked by http: who is on the way sees sessions, and may use them",
					"reach it by https");
		}
		SupportedResponse supported = supported(url);
		Optional<SupportedKind> kind = (supported != null && way != null) ? check(way, supported, url)
				: Optional.empty();
		checkHealth(url);
		boolean session = way != null && way.scheme().equals("session");
		return new FoundFacilitator(url, kind.filter((found) -> !sponsors(found)).isPresent(),
				session ? kind.map(FacilitatorCheck::spender).orElse(null) : null);
	}

	/** The server's word is followed where that leads nobody into a network of theirs. */
	private @Nullable URI find(@Nullable PaymentRequirements way, URI server) {
		Object said = (way != null) ? way.extra().get("facilitatorUrl") : null;
		if (this.plan.facilitator() != null) {
			URI url = this.plan.facilitator();
			if (said != null && !Place.isSame(String.valueOf(said), url)) {
				this.list.warn(TOPIC, "the server names " + CheckList.plain(said) + ", not " + Place.shown(url),
						"a session has to be opened at the facilitator that settles for this server: ask which it is");
			}
			return url;
		}
		if (way == null) {
			return null;
		}
		boolean needed = way.scheme().equals("session");
		if (said == null) {
			if (needed) {
				this.list.fail(TOPIC, "the server does not name its facilitator", "name the one that settles for it");
			}
			else {
				this.list.ok(TOPIC, "it is the server's business, and not named");
			}
			return null;
		}
		URI named = url(said);
		if (named != null && (Place.isPublic(named) || (Place.isHere(named) && Place.isHere(server)))) {
			return named;
		}
		this.list.warn(TOPIC, "the server names " + CheckList.plain(said) + ", which is not asked on its word",
				"name it yourself, if you trust it");
		return null;
	}

	private static @Nullable URI url(Object said) {
		try {
			URI url = URI.create(String.valueOf(said));
			boolean web = Place.isWeb(url) && url.getRawQuery() == null && url.getRawFragment() == null;
			return web ? url : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private @Nullable SupportedResponse supported(URI url) {
		String name = Place.shown(url);
		try {
			BoundedResponse answer = this.inquiry.send("the facilitator", Inquiry.get(Place.at(url, "/supported")));
			if (answer.status() != 200) {
				this.list.fail(TOPIC, name + " answers /supported with " + answer.status(),
						(answer.status() == 401 || answer.status() == 403)
								? "it answers those that it knows: ask its operator"
								: "compare its URL, and ask its operator");
				return null;
			}
			return WireJson.read(answer.body(), SupportedResponse.class);
		}
		catch (IOException ex) {
			this.list.fail(TOPIC, name + " " + Inquiry.why(ex),
					"compare its URL, and see whether it runs and is reached from here");
		}
		catch (MalformedMessageException ex) {
			this.list.fail(TOPIC, name + " answers /supported with what no facilitator does", "compare its URL");
		}
		return null;
	}

	private Optional<SupportedKind> check(PaymentRequirements way, SupportedResponse supported, URI url) {
		String kind = way.scheme() + " on " + way.network();
		Optional<SupportedKind> found = supported.kind(way.scheme(), way.network());
		if (found.isEmpty()) {
			List<String> others = supported.kinds()
				.stream()
				.filter((one) -> one.x402Version() == 2)
				.map((one) -> CheckList.plain(one.scheme() + " on " + one.network()))
				.distinct()
				.limit(5)
				.toList();
			this.list.fail(TOPIC, "it does not take " + kind + (others.isEmpty() ? "" : ", but " + others),
					"name the facilitator that settles for this server");
			return found;
		}
		BigInteger price = BaseUnits.read(way.amount()).orElse(BigInteger.ZERO);
		Optional<String> refusal = KindLimits.of(found.get()).refusal(this.plan.asset(), price);
		if (refusal.isPresent()) {
			this.list.fail(TOPIC, "it takes " + kind + ", but not this: " + CheckList.plain(refusal.get()),
					"whoever runs the server has to change the price, or the facilitator");
			return found;
		}
		if (way.scheme().equals("session")) {
			checkSpender(way, found.get(), url);
		}
		this.list.ok(TOPIC, "it takes " + kind + " at this price"
				+ (sponsors(found.get()) ? ", and pays the fees" : "; it does not say that it pays the fees"));
		return found;
	}

	private static boolean sponsors(SupportedKind kind) {
		return Boolean.TRUE.equals(kind.extra().get("areFeesSponsored"));
	}

	/** A session's spender has to be one that the terms name, or it is not paid from. */
	private void checkSpender(PaymentRequirements way, SupportedKind kind, URI url) {
		String spender = spender(kind);
		Object asked = way.extra().get(SPENDER);
		if (spender == null) {
			this.list.fail(TOPIC, "it does not say who would spend", "it is no facilitator for sessions: name another");
		}
		else if (asked != null && !asked.equals(spender)
				&& !SessionScheme.otherSpenders(way.extra()).contains(spender)) {
			Object said = way.extra().get("facilitatorUrl");
			boolean own = said != null && Place.isSame(String.valueOf(said), url);
			this.list.fail(TOPIC,
					"it spends by " + spender + " now, and the server's terms still say " + CheckList.plain(asked)
							+ ": sessions of the one do not pay for the other",
					own ? "restart the server, or wait until it asks its facilitator anew (x402.facilitator."
							+ "refresh-interval, 5 minutes unless set)"
							: "name the facilitator that settles for this server");
		}
	}

	private static @Nullable String spender(SupportedKind kind) {
		return (kind.extra().get(SPENDER) instanceof String address && StellarAddress.isAccount(address)) ? address
				: null;
	}

	/** Others than ours may have no such page. */
	private void checkHealth(URI url) {
		try {
			BoundedResponse answer = this.inquiry.send("the facilitator", Inquiry.get(Place.at(url, "/health")));
			if (answer.status() >= 500) {
				tellIllness(Place.shown(url), answer);
			}
			else if (answer.status() == 200 && Boolean.TRUE.equals(WireJson.read(answer.body(), Map.class).get("ok"))) {
				this.list.ok(TOPIC, Place.shown(url) + " is well, by its own word");
			}
		}
		catch (IOException | MalformedMessageException ex) {
			// what matters is told by /supported
		}
	}

	/** One that says so itself is told apart from whatever stands before it. */
	private void tellIllness(String name, BoundedResponse answer) {
		Map<?, ?> said = Map.of();
		try {
			said = WireJson.read(answer.body(), Map.class);
		}
		catch (MalformedMessageException ex) {
			// its status is all that it says
		}
		if (Boolean.FALSE.equals(said.get("ok"))) {
			this.list.fail(TOPIC, name + " settles nothing, by its own word: " + CheckList.plain(said.get("error")),
					"its operator has to mend that: see its log");
		}
		else {
			this.list.warn(TOPIC, name + " is not well, by its own word (" + answer.status() + ")",
					"wait, or ask its operator");
		}
	}

}
