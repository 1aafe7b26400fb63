package io.github.x402sessions.adapter.mcp;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.consent.PaymentApproval;
import io.modelcontextprotocol.spec.McpClientTransport;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link PayingMcpTransport}. For one thread.
 */
public final class PayingMcpTransportBuilder {

	private final McpClientTransport plain;

	private final Payments payments;

	private @Nullable URI server;

	/** As long as a client of the SDK waits if it is not told otherwise. */
	private Duration timeout = Duration.ofSeconds(20);

	private @Nullable Budget ofServer;

	private @Nullable Supplier<Budget> ofTool;

	private @Nullable PaymentApproval approval;

	private BigDecimal above = BigDecimal.ZERO;

	PayingMcpTransportBuilder(McpClientTransport plain, Payments payments) {
		this.plain = Objects.requireNonNull(plain, "plain");
		this.payments = Objects.requireNonNull(payments, "payments");
	}

	/**
	 * Say which server is at the other end. Only where who pays allows its origin it gets
	 * any money.
	 * @param url the URL that the messages go to; {@code mcp://} and a name for a server
	 * without one, such as a process
	 * @return this builder
	 * @throws IllegalArgumentException if it is no such URL
	 */
	public PayingMcpTransportBuilder server(URI url) {
		Origin.of(url);
		this.server = url;
		return this;
	}

	/**
	 * Set how long a call may take: nothing is paid for one that took longer. The default
	 * is 20 seconds.
	 * @param timeout as long as the client waits for answers
	 * @return this builder
	 * @throws IllegalArgumentException if it is not more than nothing
	 */
	public PayingMcpTransportBuilder timeout(Duration timeout) {
		if (timeout.isZero() || timeout.isNegative()) {
			throw new IllegalArgumentException("timeout must be positive");
		}
		this.timeout = timeout;
		return this;
	}

	/**
	 * Limit what the server gets.
	 * @param most the most within a period, whole tokens of what the payments are made
	 * in, such as {@code 1.00}
	 * @param period the length of the period
	 * @return this builder
	 * @throws IllegalArgumentException if one of them is not more than nothing
	 */
	public PayingMcpTransportBuilder maxPerServer(String most, Duration period) {
		this.ofServer = this.payments.budget(most, period);
		return this;
	}

	/**
	 * Limit what is paid for each of its tools.
	 * @param most the most within a period, whole tokens of what the payments are made
	 * in, such as {@code 0.50}
	 * @param period the length of the period
	 * @return this builder
	 * @throws IllegalArgumentException if one of them is not more than nothing
	 */
	public PayingMcpTransportBuilder maxPerTool(String most, Duration period) {
		this.payments.budget(most, period);
		this.ofTool = () -> this.payments.budget(most, period);
		return this;
	}

	/**
	 * Have somebody agree to each payment of more than some amount, within the time that
	 * a call may take. A failure or no answer is a no.
	 * @param amount the most that is paid without asking, whole tokens, such as
	 * {@code 0.10}; {@code 0} to ask always
	 * @param approval who has to agree
	 * @return this builder
	 * @throws IllegalArgumentException if the amount is no decimal or less than nothing
	 */
	public PayingMcpTransportBuilder askAbove(String amount, PaymentApproval approval) {
		this.above = amount(amount);
		this.approval = Objects.requireNonNull(approval, "approval");
		return this;
	}

	private static BigDecimal amount(String text) {
		try {
			BigDecimal amount = new BigDecimal(text);
			if (amount.signum() >= 0) {
				return amount;
			}
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("amount must be a decimal such as 0.10", ex);
		}
		throw new IllegalArgumentException("amount must not be less than 0");
	}

	/**
	 * Make the transport.
	 * @return the transport
	 * @throws IllegalStateException if the server's URL was not given
	 */
	public PayingMcpTransport build() {
		if (this.server == null) {
			throw new IllegalStateException("the server's URL is missing");
		}
		ToolLimits limits = new ToolLimits(this.server, this.timeout, this.ofServer, this.ofTool, this.approval,
				this.above);
		return new PayingMcpTransport(this.plain, this.payments, this.server, limits, this.timeout);
	}

}
