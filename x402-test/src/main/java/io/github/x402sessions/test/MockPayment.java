package io.github.x402sessions.test;

import java.util.Objects;
import java.util.function.Consumer;

import io.github.x402sessions.test.PaymentScript.Fate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Has a request of a test paid for, in an application with {@link AutoConfigureX402}: it
 * is priced as a client's would be, and carries a payment for what is asked. With MockMvc
 * it is a post-processor, for clients of a port, such as {@code RestTestClient} or
 * {@code WebTestClient}, it sets a header. What costs nothing stays as it is. Immutable.
 *
 * <pre class="code">
 * mvc.get().uri("/chat").with(payment())
 * mvc.get().uri("/chat").with(payment().from("G…").refused("insufficient_funds"))
 * client.get().uri("/chat").headers(payment().scheme("exact"))
 * </pre>
 *
 * @see WithPayment
 */
public final class MockPayment implements RequestPostProcessor, Consumer<HttpHeaders> {

	private final PaymentScript script;

	private MockPayment(PaymentScript script) {
		this.script = script;
	}

	/**
	 * Pay what is asked first, as {@link ScriptedFacilitator#PAYER}.
	 * @return a payment that the facilitator's own script decides on
	 */
	public static MockPayment payment() {
		return new MockPayment(PaymentScript.PLAIN);
	}

	/**
	 * Choose who pays.
	 * @param payer the payer's address
	 * @return a payment of that payer
	 */
	public MockPayment from(String payer) {
		Objects.requireNonNull(payer, "payer");
		return new MockPayment(new PaymentScript(payer, this.script.scheme(), this.script.network(),
				this.script.amount(), this.script.fate(), this.script.reason()));
	}

	/**
	 * Choose among the ways to pay. The request fails with an
	 * {@link IllegalStateException} where none is of that scheme.
	 * @param scheme the payment scheme, such as {@code exact}
	 * @return a payment by that scheme
	 */
	public MockPayment scheme(String scheme) {
		Objects.requireNonNull(scheme, "scheme");
		return new MockPayment(new PaymentScript(this.script.payer(), scheme, this.script.network(),
				this.script.amount(), this.script.fate(), this.script.reason()));
	}

	/**
	 * Choose among the ways to pay. The request fails with an
	 * {@link IllegalStateException} where none is on that network.
	 * @param network the network as a CAIP-2 id, such as {@code stellar:pubnet}
	 * @return a payment on that network
	 */
	public MockPayment network(String network) {
		Objects.requireNonNull(network, "network");
		return new MockPayment(new PaymentScript(this.script.payer(), this.script.scheme(), network,
				this.script.amount(), this.script.fate(), this.script.reason()));
	}

	/**
	 * Pay something else than is asked: a server refuses that.
	 * @param baseUnits the amount in base units, as on the wire
	 * @return a payment of that amount
	 */
	public MockPayment amount(String baseUnits) {
		Objects.requireNonNull(baseUnits, "baseUnits");
		return new MockPayment(new PaymentScript(this.script.payer(), this.script.scheme(), this.script.network(),
				baseUnits, this.script.fate(), this.script.reason()));
	}

	/**
	 * Be refused when it is verified: the handler does not run.
	 * @param reason the reason on the wire, such as {@code insufficient_funds}
	 * @return a payment that is refused
	 */
	public MockPayment refused(String reason) {
		return with(Fate.REFUSED, Objects.requireNonNull(reason, "reason"));
	}

	/**
	 * Be verified, and refused when it is settled: the handler runs, as a rule, and its
	 * answer is not given.
	 * @param reason the reason on the wire, such as {@code cap_exceeded}
	 * @return a payment that is not settled
	 */
	public MockPayment unsettled(String reason) {
		return with(Fate.UNSETTLED, Objects.requireNonNull(reason, "reason"));
	}

	/**
	 * Meet a facilitator that is out of reach.
	 * @return a payment that nobody verifies
	 */
	public MockPayment unreachable() {
		return with(Fate.UNREACHABLE, null);
	}

	/**
	 * Be settled, but with an answer that the server never gets.
	 * @return a payment of which the server does not know what has become
	 */
	public MockPayment lost() {
		return with(Fate.LOST, null);
	}

	private MockPayment with(Fate fate, @Nullable String reason) {
		return new MockPayment(this.script.withFate(fate, reason));
	}

	/**
	 * Have a request of MockMvc paid for.
	 * @param request the request
	 * @return the same request
	 * @throws IllegalStateException if its application is not one with
	 * {@link AutoConfigureX402}
	 */
	@Override
	public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
		WebApplicationContext context = WebApplicationContextUtils
			.getWebApplicationContext(request.getServletContext());
		if (context == null || context.getBeanNamesForType(StandingPayment.class).length == 0) {
			throw new IllegalStateException("payment() takes an application with @AutoConfigureX402");
		}
		request.addHeader(PaymentScript.HEADER, this.script.write());
		return request;
	}

	/** Have a client's request paid for. */
	@Override
	public void accept(HttpHeaders headers) {
		headers.set(PaymentScript.HEADER, this.script.write());
	}

}
