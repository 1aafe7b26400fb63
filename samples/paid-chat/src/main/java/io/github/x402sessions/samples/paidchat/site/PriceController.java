package io.github.x402sessions.samples.paidchat.site;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the pages what a call without a payment would be told, because a browser notes
 * each 402 in its console. It is asked of the gate each time: there is no other list of
 * prices to go stale.
 */
@RestController
class PriceController {

	private final ObjectProvider<PriceList> prices;

	private final PaymentGate gate;

	private final String publicBaseUrl;

	PriceController(ObjectProvider<PriceList> prices, PaymentGate gate,
			@Value("${x402.public-base-url:}") String publicBaseUrl) {
		this.prices = prices;
		this.gate = gate;
		this.publicBaseUrl = publicBaseUrl.replaceAll("/+$", "");
	}

	/**
	 * Return what each path of this server asks for now, as the header
	 * {@code PAYMENT-REQUIRED} of its 402 has it. What cannot be paid now is not among
	 * it.
	 */
	@GetMapping("/api/prices")
	ResponseEntity<Map<String, String>> prices(HttpServletRequest request) {
		Map<String, String> asked = new LinkedHashMap<>();
		this.prices.orderedStream()
			.flatMap((list) -> list.routes().stream())
			.forEach((route) -> put(asked, route, base(request) + route.name()));
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(asked);
	}

	/** Paths of this server have no variables, so that a route's name is its path. */
	private void put(Map<String, String> asked, PricedRoute route, String url) {
		if (this.gate.decide(route, ReceivedCall.of(url), null) instanceof PaymentDecision.Challenge challenge) {
			asked.put(route.name(), PaymentHeader.encode(challenge.required()));
		}
	}

	private String base(HttpServletRequest request) {
		if (!this.publicBaseUrl.isEmpty()) {
			return this.publicBaseUrl + request.getContextPath();
		}
		String url = request.getRequestURL().toString();
		return url.substring(0, url.length() - request.getRequestURI().length()) + request.getContextPath();
	}

}
