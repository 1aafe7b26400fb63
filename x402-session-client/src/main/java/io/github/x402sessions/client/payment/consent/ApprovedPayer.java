package io.github.x402sessions.client.payment.consent;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has somebody agree to what another payer pays for one call, above some amount. They are
 * asked once all limits have agreed, before anything is signed, and once only where the
 * same payment has to be made anew.
 */
public final class ApprovedPayer implements Payer {

	private static final Logger logger = LoggerFactory.getLogger(ApprovedPayer.class);

	private final Payer payer;

	private final BigDecimal above;

	private final Duration timeout;

	private final Function<PayerDecision.Pays, ApprovalRequest> request;

	private final PaymentApproval approval;

	/** What was agreed to. */
	private volatile @Nullable PaymentRequirements approved;

	/**
	 * Create the payer of one call.
	 * @param payer pays what is agreed to
	 * @param above the most that is paid without asking, whole tokens
	 * @param timeout how long to wait for an answer
	 * @param approval who has to agree
	 * @param request says what would be paid
	 */
	private ApprovedPayer(Payer payer, BigDecimal above, Duration timeout, PaymentApproval approval,
			Function<PayerDecision.Pays, ApprovalRequest> request) {
		this.payer = payer;
		this.above = above;
		this.timeout = timeout;
		this.request = request;
		this.approval = approval;
	}

	/**
	 * Create the payer of one call of a tool.
	 * @param payer pays what is agreed to
	 * @param above the most that is paid without asking, whole tokens
	 * @param timeout how long to wait for an answer
	 * @param approval who has to agree
	 * @param server the server's URL
	 * @param tool the tool's name
	 * @param arguments what it is called with
	 * @return the payer
	 */
	public static ApprovedPayer ofTool(Payer payer, BigDecimal above, Duration timeout, PaymentApproval approval,
			URI server, String tool, Map<String, @Nullable Object> arguments) {
		return new ApprovedPayer(payer, above, timeout, approval, (pays) -> new ApprovalRequest(server, tool, arguments,
				pays.accepted().baseUnits(), pays.asset(), pays.accepted().payTo()));
	}

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		return this.payer.answer(offer)
			.thenApply((decision) -> decision.fold((pays) -> mustBeAsked(pays) ? asking(pays) : pays,
					(declines) -> declines));
	}

	private boolean mustBeAsked(PayerDecision.Pays pays) {
		BigDecimal amount = new BigDecimal(pays.accepted().baseUnits(), pays.asset().decimals());
		return amount.compareTo(this.above) > 0 && !isApproved(pays.accepted());
	}

	private boolean isApproved(PaymentRequirements asked) {
		PaymentRequirements known = this.approved;
		return known != null && known.network().equals(asked.network()) && known.asset().equals(asked.asset())
				&& known.payTo().equals(asked.payTo()) && known.amount().equals(asked.amount());
	}

	private PayerDecision asking(PayerDecision.Pays pays) {
		return new PayerDecision.Pays(pays.accepted(), pays.asset(), () -> {
			ask(pays);
			return pays.payload().get();
		}, pays.outcomes(), pays.renewedAfter(), PayerDecision.IN_ITS_OWN_THREAD);
	}

	private void ask(PayerDecision.Pays pays) {
		ApprovalRequest asked = this.request.apply(pays);
		FutureTask<Boolean> answer = new FutureTask<>(() -> this.approval.approve(asked));
		PayerDecision.IN_ITS_OWN_THREAD.execute(answer);
		try {
			if (!answer.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS)) {
				throw notMade("nobody agreed to it", null);
			}
		}
		catch (TimeoutException ex) {
			throw notMade("nobody agreed to it within " + this.timeout, ex);
		}
		catch (ExecutionException ex) {
			Throwable failure = (ex.getCause() != null) ? ex.getCause() : ex;
			logger.warn("Who has to agree to a payment failed: {}", failure.getClass().getName());
			throw notMade("who has to agree failed to answer", failure);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw notMade("nobody waits for it any more", ex);
		}
		finally {
			answer.cancel(true);
		}
		this.approved = pays.accepted();
	}

	private static PayerDecision.NotMadeException notMade(String why, @Nullable Throwable cause) {
		return new PayerDecision.NotMadeException(DeclineReason.NOT_APPROVED, why, false, cause);
	}

	@Override
	public boolean mayHavePaid(PaymentIdentifier identifier) {
		return this.payer.mayHavePaid(identifier);
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.payer.mayPayAt(url);
	}

}
