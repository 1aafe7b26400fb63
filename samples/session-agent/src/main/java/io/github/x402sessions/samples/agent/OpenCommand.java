package io.github.x402sessions.samples.agent;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionNotOpenedException;
import io.github.x402sessions.client.UnregisteredApprovalException;
import io.github.x402sessions.samples.agent.call.Interruption;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.offer.Offer;
import io.github.x402sessions.samples.agent.offer.PricedUrl;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.SessionStatus;
import io.github.x402sessions.samples.agent.session.KeptSession;
import io.github.x402sessions.samples.agent.session.Opening;
import io.github.x402sessions.samples.agent.session.PayerKey;
import io.github.x402sessions.samples.agent.session.SessionFile;
import io.github.x402sessions.samples.agent.session.SessionOpener;
import io.github.x402sessions.samples.agent.session.SessionOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Opens a session that fits a URL and keeps it in a file. What it takes to go on is in
 * the file before the approval is sent, so that a second run takes up what a first one
 * left.
 */
@Command(name = "open", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Opens a payment session that fits a URL and keeps it in a file. Run again with the same file, it "
				+ "takes up what was begun and signs no second approval.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:the session is open and kept",
				"2:an option is missing or wrong", "3:the session could not be opened" })
final class OpenCommand extends SessionCommand {

	@Mixin
	private RequestOptions request = new RequestOptions();

	@Mixin
	private SessionFile file = new SessionFile();

	@Mixin
	private MoneyOptions moneyOptions = new MoneyOptions();

	@Mixin
	private SessionOptions sessionOptions = new SessionOptions();

	private final AtomicReference<@Nullable KeptSession> begun = new AtomicReference<>();

	@Override
	int run(Report report) {
		this.begun.set(this.file.begun().orElse(null));
		KeptSession earlier = this.begun.get();
		try {
			Interruption.telling(() -> interrupted(report),
					() -> keep((earlier != null) ? resume(earlier, report) : open(report), report));
			return 0;
		}
		catch (SessionNotOpenedException ex) {
			deleteBegun(report);
			throw ex;
		}
		catch (UnregisteredApprovalException ex) {
			throw new CannotStartException(ex.getMessage() + "; what was begun is kept in " + this.file.path()
					+ ": run the same command again to go on. Where the chain still does not know it minutes later, "
					+ "nothing was approved, and the file can be deleted", ex);
		}
	}

	private Session open(Report report) {
		PricedUrl url = this.request.pricedUrl();
		Offer offer = url.offer(this.moneyOptions.network(), this.moneyOptions.asset());
		return new SessionOpener(this.sessionOptions, report, this::begin).open(offer, url.uri());
	}

	/** The chain has proved that nothing was approved; a file of another run stays. */
	private void deleteBegun(Report report) {
		KeptSession kept = this.begun.get();
		if (kept != null) {
			this.file.delete(kept, report);
		}
	}

	private void begin(KeptSession kept) {
		this.file.create(kept);
		this.begun.set(kept);
	}

	private Session resume(KeptSession kept, Report report) {
		Opening opening = kept.requireOpening();
		report.progress("resuming  the session of the approval " + opening.approvalTransaction());
		return opening.resume(PayerKey.of(opening.user(), this.sessionOptions.secret(), kept));
	}

	private void keep(Session session, Report report) {
		KeptSession kept = Objects.requireNonNull(this.begun.get());
		this.file.replace(kept.opened(session.save()));
		report.progress("kept in   " + this.file.path() + ((kept.secretKey() != null)
				? ", with the key of the account: 'close' needs no other" : "; 'close' needs the account's key again"));
		report.status(SessionStatus.fresh(session));
	}

	private void interrupted(Report report) {
		if (this.begun.get() != null) {
			report.progress("interrupted: an approval was sent, no call was charged; what was begun is kept in "
					+ this.file.path() + ": run the same command again to go on");
		}
	}

}
