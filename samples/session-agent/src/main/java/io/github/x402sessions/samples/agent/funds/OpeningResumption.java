package io.github.x402sessions.samples.agent.funds;

import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.session.KeptSession;
import io.github.x402sessions.samples.agent.session.Opening;
import io.github.x402sessions.samples.agent.session.PayerKey;
import io.github.x402sessions.samples.agent.session.SessionFiles;

/**
 * Goes on with openings that an earlier process did not end.
 */
final class OpeningResumption {

	private OpeningResumption() {
	}

	/**
	 * Make sessions of what is kept of them.
	 * @throws io.github.x402sessions.client.opening.SessionOpeningException if it is not
	 * known what has become of one: then no other is opened
	 */
	static void resume(SessionFiles files, String secret, Report report) {
		for (KeptSession kept : files.all()) {
			Opening opening = kept.opening();
			if (opening == null) {
				continue;
			}
			report.progress("resuming  the session of the approval " + opening.approvalTransaction());
			try {
				files.opened(opening.resume(PayerKey.of(opening.user(), secret, kept)).save());
			}
			catch (SessionNotOpenedException ex) {
				files.forget(kept);
			}
		}
	}

}
