package io.github.x402sessions.client.payment.exact;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.client.signing.ContractSigner;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.stellar.exact.AuthorisedTransfer;
import io.github.x402sessions.stellar.exact.TransferAuthorisations;
import io.github.x402sessions.stellar.exact.UnsignedTransfer;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * Pays by the {@code exact} scheme on Stellar: signs one transfer for each call, within
 * its {@link ExactRules} only, which the server's facilitator sends and pays the fee of.
 * A call is signed for once: who repeats it sends the same payment again, until the chain
 * says that it was not made and its last ledger has passed. Remembers the latest 10,000
 * calls. Thread-safe.
 */
public final class ExactPayer implements Payer {

	private static final int REMEMBERED = 10_000;

	/** A server says so where asking again is all that is missing. */
	private static final Set<String> PENDING = Set.of("settlement_pending");

	private final ExactRules rules;

	private final TransferAuthorisations chain;

	private final String payer;

	private final Function<UnsignedTransfer, AuthorisedTransfer> signer;

	/** By the call's identifier; guarded by this map. */
	private final Map<String, CallPayment> payments = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, CallPayment> eldest) {
			return size() > REMEMBERED;
		}

	};

	private volatile boolean stopped;

	private ExactPayer(ExactRules rules, StellarRpc rpc, String payer,
			Function<UnsignedTransfer, AuthorisedTransfer> signer) {
		this.rules = rules;
		this.chain = new TransferAuthorisations(rpc, Network.of(rules.network()).passphrase());
		this.payer = payer;
		this.signer = signer;
	}

	/**
	 * Create the payer of an account.
	 * @param signer who pays, by a key or a wallet
	 * @param rules what may be paid
	 * @param rpc a node of the network
	 * @return the payer
	 * @throws IllegalArgumentException if the network of the rules is not known
	 */
	public static ExactPayer of(SessionSigner signer, ExactRules rules, StellarRpc rpc) {
		String passphrase = Network.of(rules.network()).passphrase();
		return new ExactPayer(rules, rpc, signer.accountId(),
				(transfer) -> transfer.signed(signer.signAuthEntry(transfer.preimage(), passphrase)));
	}

	/**
	 * Create the payer of a contract.
	 * @param signer signs for the contract
	 * @param rules what may be paid
	 * @param rpc a node of the network
	 * @return the payer
	 * @throws IllegalArgumentException if that is no contract, or the network of the
	 * rules is not known
	 */
	public static ExactPayer of(ContractSigner signer, ExactRules rules, StellarRpc rpc) {
		if (!StellarAddress.isContract(signer.contract())) {
			throw new IllegalArgumentException("the payer is not a contract (56 characters, C…)");
		}
		String passphrase = Network.of(rules.network()).passphrase();
		return new ExactPayer(rules, rpc, signer.contract(),
				(transfer) -> transfer.signedAs(signer.signAuthEntry(transfer.entry(), passphrase)));
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.rules.allow(url);
	}

	@Override
	public boolean mayHavePaid(PaymentIdentifier identifier) {
		synchronized (this.payments) {
			CallPayment known = this.payments.get(identifier.id());
			return known != null && known.isSigned();
		}
	}

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		if (this.stopped) {
			return new PayerDecision.Declines(DeclineReason.STOPPED, offer.challenge().accepts().get(0)).now();
		}
		if (!this.rules.allow(offer.url())) {
			return new PayerDecision.Declines(DeclineReason.ORIGIN, offer.challenge().accepts().get(0)).now();
		}
		PayerDecision.Declines closest = new PayerDecision.Declines(DeclineReason.SCHEME, null);
		for (PaymentRequirements asked : offer.challenge().accepts()) {
			PayerDecision.Declines objection = this.rules.objection(asked, this.payer);
			if (objection == null) {
				return pay(offer, asked).now();
			}
			if (closest.asked() == null || isCloser(objection, closest)) {
				closest = objection;
			}
		}
		return closest.now();
	}

	/** Of what is not for this scheme at all, an offer of the scheme tells more. */
	private static boolean isCloser(PayerDecision.Declines then, PayerDecision.Declines before) {
		int order = then.reason().compareTo(before.reason());
		return order > 0 || (order == 0 && isExact(then) && !isExact(before));
	}

	private static boolean isExact(PayerDecision.Declines declines) {
		PaymentRequirements asked = declines.asked();
		return asked != null && ExactRules.SCHEME.equals(asked.scheme());
	}

	private PayerDecision pay(PaymentOffer offer, PaymentRequirements accepted) {
		Transfer transfer = new Transfer(accepted.asset(), this.payer, accepted.payTo(), accepted.baseUnits());
		Duration timeout = Duration.ofSeconds(accepted.maxTimeoutSeconds());
		return new PayerDecision.Pays(accepted, this.rules.asset(),
				() -> Map.of("transaction", payment(offer.identifier()).pay(transfer, timeout, this.signer)),
				(outcome) -> hear(offer, outcome), PENDING, PayerDecision.IN_ITS_OWN_THREAD);
	}

	private CallPayment payment(PaymentIdentifier identifier) {
		synchronized (this.payments) {
			return this.payments.computeIfAbsent(identifier.id(), (name) -> new CallPayment(this.chain, name));
		}
	}

	/** A call that its caller does not name is never made again once it has ended. */
	private void hear(PaymentOffer offer, PaymentEvent.Outcome outcome) {
		if (outcome instanceof PaymentEvent.Overcharged) {
			this.stopped = true;
		}
		if (!offer.named()) {
			synchronized (this.payments) {
				this.payments.remove(offer.identifier().id());
			}
		}
	}

	@Override
	public String toString() {
		return "ExactPayer[" + this.rules + "]";
	}

}
