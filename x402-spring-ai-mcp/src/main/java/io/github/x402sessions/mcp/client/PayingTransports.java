package io.github.x402sessions.mcp.client;

import java.time.Duration;

import io.github.x402sessions.adapter.mcp.PayingMcpTransport;
import io.github.x402sessions.adapter.mcp.PayingMcpTransportBuilder;
import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.consent.PaymentApproval;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.ai.mcp.client.common.autoconfigure.properties.McpClientCommonProperties;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes connections that pay, as the properties say.
 */
final class PayingTransports {

	private static final String PREFIX = "x402.client.mcp.";

	private final ConfiguredPayments payments;

	private final ConnectionUrls urls;

	private final X402McpClientProperties properties;

	private final ObjectProvider<PaymentApproval> approval;

	private final ObjectProvider<McpClientCommonProperties> clients;

	PayingTransports(ConfiguredPayments payments, ConnectionUrls urls, X402McpClientProperties properties,
			ObjectProvider<PaymentApproval> approval, ObjectProvider<McpClientCommonProperties> clients) {
		this.payments = payments;
		this.urls = urls;
		this.properties = properties;
		this.approval = approval;
		this.clients = clients;
	}

	/** The same connection, which pays where there is somebody who can. */
	NamedClientMcpTransport paying(NamedClientMcpTransport connection) {
		return (connection.transport() instanceof PayingMcpTransport) ? connection
				: this.payments.find()
					.map((payments) -> new NamedClientMcpTransport(connection.name(), transport(connection, payments)))
					.orElse(connection);
	}

	private PayingMcpTransport transport(NamedClientMcpTransport connection, Payments payments) {
		PayingMcpTransportBuilder transport = PayingMcpTransport.builder(connection.transport(), payments)
			.server(this.urls.of(connection));
		this.clients.ifAvailable((client) -> transport.timeout(client.getRequestTimeout()));
		if (this.properties.period().isZero() || this.properties.period().isNegative()) {
			throw wrong("period", this.properties.period(), "a time such as 1d");
		}
		limit("max-per-server", this.properties.maxPerServer(), transport::maxPerServer);
		limit("max-per-tool", this.properties.maxPerTool(), transport::maxPerTool);
		ask(transport);
		return transport.build();
	}

	private void limit(String property, @Nullable String amount, Limit limit) {
		if (amount != null) {
			try {
				limit.set(amount, this.properties.period());
			}
			catch (IllegalArgumentException ex) {
				throw wrong(property, amount, "an amount such as 0.50");
			}
		}
	}

	private void ask(PayingMcpTransportBuilder transport) {
		PaymentApproval asked = this.approval.getIfUnique();
		String above = this.properties.askAbove();
		if (asked == null && above != null) {
			throw new InvalidX402ConfigurationException(PREFIX + "ask-above", "there is nobody to ask",
					"Define one bean of type " + PaymentApproval.class.getName() + ", or take the property away.");
		}
		if (asked != null) {
			try {
				transport.askAbove((above != null) ? above : "0", asked);
			}
			catch (IllegalArgumentException ex) {
				throw wrong("ask-above", String.valueOf(above), "an amount such as 0.10, or 0 to ask always");
			}
		}
	}

	private static InvalidX402ConfigurationException wrong(String property, Object value, String right) {
		return new InvalidX402ConfigurationException(PREFIX + property, "'" + value + "' cannot be used",
				"Set " + PREFIX + property + " to " + right + ".");
	}

	/** A limit of amount and time. */
	@FunctionalInterface
	private interface Limit {

		PayingMcpTransportBuilder set(String most, Duration period);

	}

}
