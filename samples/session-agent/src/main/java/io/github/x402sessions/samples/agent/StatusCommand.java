package io.github.x402sessions.samples.agent;

import io.github.x402sessions.client.SavedSession;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionState;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.SessionStatus;
import io.github.x402sessions.samples.agent.session.SessionFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Tells where a session stands, by the facilitator's books.
 */
@Command(name = "status", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Tells where a session stands, by the facilitator's books.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:the session can pay", "1:it cannot pay any more",
				"2:an option is missing or wrong", "3:the facilitator does not tell" })
final class StatusCommand extends SessionCommand {

	@Mixin
	private SessionFile file = new SessionFile();

	@Override
	int run(Report report) {
		SavedSession saved = this.file.read().requireSession();
		Session session = saved.client().build().restore(saved);
		SessionState state = session.state();
		report.status(SessionStatus.of(session, state));
		return (state.isActive() && state.remaining().signum() > 0) ? 0 : NOT_ALL_PAID;
	}

}
