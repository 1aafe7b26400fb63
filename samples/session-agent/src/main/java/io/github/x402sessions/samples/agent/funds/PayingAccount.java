package io.github.x402sessions.samples.agent.funds;

import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.session.KeptSession;
import io.github.x402sessions.samples.agent.session.PayerKey;
import io.github.x402sessions.samples.agent.session.SessionFiles;
import io.github.x402sessions.samples.agent.session.SessionOptions;
import org.jspecify.annotations.Nullable;

/**
 * The account that pays: the user's, or that of the sessions that are kept, or a new one
 * where the network is one of this machine. It is looked for at the first payment.
 * Thread-safe.
 */
final class PayingAccount {

	private final SessionOptions options;

	private final SessionFiles files;

	private final Report report;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable PayerKey key;

	PayingAccount(SessionOptions options, SessionFiles files, Report report) {
		this.options = options;
		this.files = files;
		this.report = report;
	}

	PayerKey key(URI rpc, Asset asset) {
		this.lock.lock();
		try {
			PayerKey known = this.key;
			if (known == null) {
				known = find(rpc, asset);
				this.key = known;
				this.report.progress("account   " + known.signer().accountId());
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	private PayerKey find(URI rpc, Asset asset) {
		List<KeptSession> kept = this.files.all();
		if (kept.isEmpty()) {
			return PayerKey.paying(this.options, rpc, asset);
		}
		if (!this.options.secret().isBlank()) {
			return PayerKey.of(kept.get(0).user(), this.options.secret());
		}
		return kept.stream()
			.map(KeptSession::secretKey)
			.filter((secret) -> secret != null)
			.findFirst()
			.map(PayerKey::made)
			// What is open can be spent, and nothing opened.
			.orElseGet(() -> new PayerKey(SessionSigner.keyless(kept.get(0).user()), null));
	}

}
