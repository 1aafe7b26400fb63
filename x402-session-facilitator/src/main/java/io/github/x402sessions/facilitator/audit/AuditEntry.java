package io.github.x402sessions.facilitator.audit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * A change as it is written into the {@link AuditLog}. It holds no secret and no session
 * id: sessions go by their handle. Texts are cut to what a row has room for, and are what
 * any store gives back: without control characters, and nothing that UTF-8 has not.
 *
 * @param actor who changes something, and from where
 * @param action what is done, such as {@code session.freeze}
 * @param subject on what, such as {@code session 0123456789abcdef}
 * @param before how that was before; absent where it was not looked at
 * @param after how it is after; absent where nothing has changed yet
 * @param outcome how it went
 * @param reason what whoever did it says; absent where nothing was asked
 * @param about the number of the row whose outcome this one tells; absent where it tells
 * its own
 */
public record AuditEntry(Actor actor, String action, String subject, @Nullable String before, @Nullable String after,
		Outcome outcome, @Nullable String reason, @Nullable Long about) {

	/** The longest reason that fits, characters. */
	public static final int LONGEST_REASON = 500;

	private static final int LONGEST_NAME = 100;

	private static final int LONGEST_ACTION = 40;

	private static final int LONGEST_SUBJECT = 200;

	private static final int LONGEST_STATE = 500;

	private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

	/** Cut the texts. */
	public AuditEntry {
		actor = new Actor(text(actor.who(), LONGEST_NAME), text(actor.origin(), LONGEST_NAME));
		action = text(action, LONGEST_ACTION);
		subject = text(subject, LONGEST_SUBJECT);
		before = (before != null) ? text(before, LONGEST_STATE) : null;
		after = (after != null) ? text(after, LONGEST_STATE) : null;
		reason = (reason != null) ? text(reason, LONGEST_REASON) : null;
	}

	/**
	 * Refuse a reason that a row would cut.
	 * @param reason what whoever changes something says, or {@code null}
	 * @throws MalformedMessageException if it is longer than {@link #LONGEST_REASON}
	 */
	public static void requireReasonable(@Nullable String reason) {
		if (reason != null && reason.length() > LONGEST_REASON) {
			throw new MalformedMessageException("'reason' is longer than " + LONGEST_REASON + " characters");
		}
	}

	private static String text(String text, int longest) {
		String cut = (text.length() > longest) ? text.substring(0, longest) : text;
		return new String(CONTROL.matcher(cut).replaceAll(" ").getBytes(StandardCharsets.UTF_8),
				StandardCharsets.UTF_8);
	}

	/**
	 * Return the row of a change that is made in the same unit of work.
	 */
	public static AuditEntry done(Actor actor, String action, String subject, @Nullable String before, String after,
			@Nullable String reason) {
		return new AuditEntry(actor, action, subject, before, after, Outcome.DONE, reason, null);
	}

	/**
	 * Return the row of something that was not done.
	 * @param objection why, in a sentence
	 */
	public static AuditEntry refused(Actor actor, String action, String subject, String objection,
			@Nullable String reason) {
		return new AuditEntry(actor, action, subject, null, "refused: " + objection, Outcome.REFUSED, reason, null);
	}

	/** Return the row that comes before something that no unit of work holds. */
	public static AuditEntry begun(Actor actor, String action, String subject, @Nullable String reason) {
		return new AuditEntry(actor, action, subject, null, null, Outcome.BEGUN, reason, null);
	}

	/**
	 * Return the row that comes after it.
	 * @param begun the number of the row that came before
	 */
	AuditEntry ended(long begun, Outcome how, String result) {
		return new AuditEntry(this.actor, this.action, this.subject, null, result, how, null, begun);
	}

	/** The way that a change went. */
	public enum Outcome {

		/** It is going to be made. */
		BEGUN,

		/** It is made. */
		DONE,

		/** It was refused, and nothing has changed. */
		REFUSED,

		/** It failed, and some of it may be done. */
		FAILED;

		/** Return the word that is stored. */
		public String word() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
