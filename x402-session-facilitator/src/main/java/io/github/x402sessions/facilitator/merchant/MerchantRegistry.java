package io.github.x402sessions.facilitator.merchant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Makes and changes merchants and their keys, as operators decide, by whichever door they
 * come. Each change is a row of the audit log, in the same unit of work; what is refused
 * is one, too. Thread-safe.
 */
public final class MerchantRegistry {

	private static final int MOST_KEYS = 20;

	private final MerchantRepository merchants;

	private final MerchantBooks books;

	private final ConfiguredServers configured;

	private final Collection<String> assets;

	private final Audit audit;

	private final Clock clock;

	private final Runnable changed;

	/**
	 * Create it.
	 * @param merchants the store
	 * @param books tell for whom something is held
	 * @param configured whom no merchant may be like
	 * @param assets the assets that are served
	 * @param audit where changes are written down
	 * @param clock the store's time
	 * @param changed hears of each change, once it is made
	 */
	MerchantRegistry(MerchantRepository merchants, MerchantBooks books, ConfiguredServers configured,
			Collection<String> assets, Audit audit, Clock clock, Runnable changed) {
		this.merchants = merchants;
		this.books = books;
		this.assets = assets;
		this.configured = configured;
		this.audit = audit;
		this.clock = clock;
		this.changed = changed;
	}

	/**
	 * Return all merchants.
	 * @return they, by name
	 * @throws DataAccessException if the store fails
	 */
	public List<Merchant> all() {
		return this.merchants.all();
	}

	/**
	 * Return a merchant.
	 * @param name its name
	 * @return the merchant
	 * @throws InvalidMerchantException if there is none of that name
	 * @throws DataAccessException if the store fails
	 */
	public Merchant get(String name) {
		return this.merchants.find(name)
			.orElseThrow(() -> InvalidMerchantException.unknown("there is no merchant of that name"));
	}

	/**
	 * Return the keys of a merchant.
	 * @param merchant the merchant
	 * @return all of them, the oldest first
	 * @throws DataAccessException if the store fails
	 */
	public List<MerchantKey> keys(Merchant merchant) {
		return this.merchants.keys(merchant.id());
	}

	/**
	 * Make a merchant, which has no key yet.
	 * @param actor who does
	 * @param wanted how it is to be
	 * @return the merchant
	 * @throws InvalidMerchantException if it cannot be so
	 * @throws DataAccessException if the store fails
	 */
	public Merchant create(Actor actor, MerchantRequest wanted) {
		String name = Objects.requireNonNullElse(wanted.name(), "");
		return decided(actor, "merchant.create", subject(name), wanted.reason(), () -> {
			Merchant.requireName(name);
			Merchant made = new Merchant(IssuedKey.newId(), name, wanted.terms(this.assets), false,
					this.clock.instant(), true);
			return together(() -> {
				requireFree(made);
				this.merchants.add(made);
				return made;
			}, (merchant) -> AuditEntry.done(actor, "merchant.create", subject(name), null, merchant.summary(),
					wanted.reason()));
		});
	}

	/**
	 * Change what a merchant is paid.
	 * @param actor who does
	 * @param name its name
	 * @param wanted what is to change
	 * @return the merchant
	 * @throws InvalidMerchantException if it cannot be so
	 * @throws DataAccessException if the store fails
	 */
	public Merchant change(Actor actor, String name, MerchantRequest wanted) {
		return decided(actor, "merchant.change", subject(name), wanted.reason(),
				() -> update(actor, "merchant.change", name, (before) -> {
					if (wanted.name() != null) {
						throw InvalidMerchantException.invalid("'name' stays as it is");
					}
					Merchant changed = before.with(wanted.terms(before.terms(), this.assets));
					requireFree(changed);
					requireNothingHeld(before, changed);
					return changed;
				}, wanted.reason()));
	}

	/** What is held for an address is settled or released by whoever has its key. */
	private void requireNothingHeld(Merchant before, Merchant changed) {
		Set<String> gone = new TreeSet<>(before.terms().recipients());
		gone.removeAll(changed.terms().recipients());
		if (!gone.isEmpty() && this.books.open(gone).stream().anyMatch((open) -> open.holds() > 0)) {
			throw InvalidMerchantException.taken(
					"payments are held for a recipient that would be taken away; try again once they are settled or released");
		}
	}

	/**
	 * Pause a merchant, for which nothing new is done then, or let it go on.
	 * @param actor who does
	 * @param name its name
	 * @param paused whether it is paused
	 * @param reason why; absent where nobody says
	 * @return the merchant
	 * @throws InvalidMerchantException if there is none of that name
	 * @throws DataAccessException if the store fails
	 */
	public Merchant pause(Actor actor, String name, boolean paused, @Nullable String reason) {
		String action = paused ? "merchant.pause" : "merchant.resume";
		return decided(actor, action, subject(name), reason,
				() -> update(actor, action, name, (before) -> before.with(paused), reason));
	}

	private Merchant update(Actor actor, String action, String name, Function<Merchant, Merchant> change,
			@Nullable String reason) {
		return together(() -> {
			Merchant before = get(name);
			if (!before.understood()) {
				throw InvalidMerchantException
					.taken("the merchant is not as this version writes merchants, and cannot be changed by it");
			}
			Merchant after = change.apply(before);
			this.merchants.update(after);
			return List.of(before, after);
		}, (both) -> AuditEntry.done(actor, action, subject(name), both.get(0).summary(),
				both.get(1).summary(both.get(0)), reason))
			.get(1);
	}

	/**
	 * Make one more key of a merchant.
	 * @param actor who does
	 * @param name the merchant's name
	 * @param wanted the key
	 * @return the key, which nobody can be told again
	 * @throws InvalidMerchantException if there is no such merchant, or it has too many
	 * @throws DataAccessException if the store fails
	 */
	public IssuedKey addKey(Actor actor, String name, KeyRequest wanted) {
		return issue(actor, "merchant.key.add", name, wanted, () -> {
			wanted.requireNoOverlap();
			return null;
		});
	}

	/**
	 * Make a key of a merchant in place of those that it has, which stay valid for a
	 * while.
	 * @param actor who does
	 * @param name the merchant's name
	 * @param wanted the new key
	 * @return the key, which nobody can be told again
	 * @throws InvalidMerchantException if there is no such merchant, or it has too many
	 * keys, or the time is none or too long
	 * @throws DataAccessException if the store fails
	 */
	public IssuedKey rotate(Actor actor, String name, KeyRequest wanted) {
		return issue(actor, "merchant.key.rotate", name, wanted, wanted::overlapOrDay);
	}

	private IssuedKey issue(Actor actor, String action, String name, KeyRequest wanted,
			Supplier<@Nullable Duration> overlaps) {
		String secret = IssuedKey.newSecret();
		String id = IssuedKey.newId();
		return decided(actor, action, subject(name), wanted.reason(), () -> together(() -> {
			Instant now = this.clock.instant();
			Duration overlap = overlaps.get();
			Merchant merchant = get(name);
			List<MerchantKey> valid = usable(merchant, now);
			if (valid.size() >= MOST_KEYS) {
				throw InvalidMerchantException.taken("the merchant has " + MOST_KEYS + " valid keys; revoke one first");
			}
			MerchantKey made = new MerchantKey(id, merchant.id(), wanted.labelOrNone(), Sha256.hex(secret), now,
					wanted.expires(now), null, null);
			if (overlap != null) {
				this.merchants.expire(valid.stream().map(MerchantKey::id).toList(), now.plus(overlap));
			}
			this.merchants.add(made);
			return new Issued(new IssuedKey(made, secret), valid, overlap);
		}, (issued) -> AuditEntry.done(actor, action, subject(name), ids(issued.before()),
				after(issued.made().key(), issued.overlap()), wanted.reason())))
			.made();
	}

	private List<MerchantKey> usable(Merchant merchant, Instant now) {
		return this.merchants.keys(merchant.id()).stream().filter((key) -> key.isUsable(now)).toList();
	}

	private static String ids(List<MerchantKey> keys) {
		return keys.isEmpty() ? "no key" : "keys " + String.join(" ", keys.stream().map(MerchantKey::id).toList());
	}

	private static String after(MerchantKey made, @Nullable Duration overlap) {
		return "key " + made.id() + ((made.expires() != null) ? " until " + made.expires() : "") + " is added"
				+ ((overlap != null) ? ", the others end in " + overlap : "");
	}

	/**
	 * Revoke a key for good.
	 * @param actor who does
	 * @param name the merchant's name
	 * @param key the key's name
	 * @param reason why; absent where nobody says
	 * @return the key
	 * @throws InvalidMerchantException if there is no such merchant or key
	 * @throws DataAccessException if the store fails
	 */
	public MerchantKey revoke(Actor actor, String name, String key, @Nullable String reason) {
		return decided(actor, "merchant.key.revoke", subject(name), reason, () -> together(() -> {
			Merchant merchant = get(name);
			MerchantKey before = key(merchant, key);
			this.merchants.revoke(key, this.clock.instant());
			return List.of(before, key(merchant, key));
		}, (both) -> AuditEntry.done(actor, "merchant.key.revoke", subject(name), state(both.get(0)),
				state(both.get(1)), reason))
			.get(1));
	}

	private String state(MerchantKey key) {
		return "key " + key.id() + " is " + key.state(this.clock.instant());
	}

	private MerchantKey key(Merchant merchant, String id) {
		return this.merchants.keys(merchant.id())
			.stream()
			.filter((key) -> key.id().equals(id))
			.findFirst()
			.orElseThrow(() -> InvalidMerchantException.unknown("the merchant has no key of that id"));
	}

	private static String subject(String name) {
		return "merchant " + name;
	}

	/** Nobody changes another one meanwhile: what is looked at stays so. */
	private <T> T together(Supplier<T> steps, Function<T, AuditEntry> entry) {
		T made = this.audit.together(() -> {
			this.merchants.lock();
			return steps.get();
		}, entry);
		this.changed.run();
		return made;
	}

	private void requireFree(Merchant wanted) {
		this.configured.requireApartFrom(wanted.name(), wanted.terms().recipients());
		for (Merchant other : this.merchants.all()) {
			if (other.id().equals(wanted.id())) {
				continue;
			}
			if (other.name().equals(wanted.name())) {
				throw InvalidMerchantException.taken("there is a merchant of that name");
			}
			wanted.terms()
				.recipients()
				.stream()
				.filter(other.terms().recipients()::contains)
				.findFirst()
				.ifPresent((recipient) -> {
					throw InvalidMerchantException
						.taken("the recipient " + recipient + " is that of the merchant '" + other.name() + "'");
				});
		}
	}

	private <T> T decided(Actor actor, String action, String subject, @Nullable String reason, Supplier<T> work) {
		AuditEntry.requireReasonable(reason);
		try {
			return work.get();
		}
		catch (InvalidMerchantException ex) {
			this.audit.note(AuditEntry.refused(actor, action, subject, ex.sentence(), reason));
			throw ex;
		}
	}

	/**
	 * A key that was made.
	 *
	 * @param made the key
	 * @param before those that were valid before
	 * @param overlap how long they are valid yet; absent where nothing changes that
	 */
	private record Issued(IssuedKey made, List<MerchantKey> before, @Nullable Duration overlap) {
	}

}
