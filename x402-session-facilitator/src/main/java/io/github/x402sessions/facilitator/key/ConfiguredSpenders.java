package io.github.x402sessions.facilitator.key;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import io.github.x402sessions.facilitator.config.RemoteSignerProperties;
import io.github.x402sessions.facilitator.config.SigningProperties;
import io.github.x402sessions.facilitator.config.SpenderProperties;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.account.AccountSigner;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/**
 * The spenders that the operator has named, wherever the key of each is. Thread-safe.
 */
public final class ConfiguredSpenders implements Spenders, AutoCloseable {

	private final List<Spenders> places = new ArrayList<>();

	private final List<KeyFile> files = new ArrayList<>();

	private final List<GuardedSigner> signers = new ArrayList<>();

	private ConfiguredSpenders() {
	}

	/**
	 * Open all places.
	 * @param properties where they are
	 * @param bundles knows certificates; asked only where somebody else signs
	 * @throws InvalidPropertyException if there is no key at one of them
	 */
	static ConfiguredSpenders open(SigningProperties properties, Supplier<SslBundles> bundles) {
		ConfiguredSpenders opened = new ConfiguredSpenders();
		try {
			opened.add("", properties.spender(), bundles);
			List<SpenderProperties> others = properties.otherSpenders();
			for (int i = 0; i < others.size(); i++) {
				opened.add("other-spenders[" + i + "].", others.get(i), bundles);
			}
			return opened;
		}
		catch (RuntimeException ex) {
			opened.close();
			throw ex;
		}
	}

	private void add(String prefix, SpenderProperties properties, Supplier<SslBundles> bundles) {
		String seed = properties.seed();
		Path file = properties.secretFile();
		RemoteSignerProperties remote = properties.signer().remote();
		if (seed != null) {
			List<AccountKey> key = List.of(AccountKey.of(seed));
			this.places.add(() -> key);
		}
		else if (file != null) {
			KeyFile opened = open(prefix + "secret-file", file);
			this.files.add(opened);
			this.places.add(opened);
		}
		else if (remote != null) {
			GuardedSigner signer = GuardedSigner.of(signer(prefix + "signer.remote.ssl-bundle", remote, bundles.get()));
			this.signers.add(signer);
			this.places.add(() -> List.of(signer));
		}
	}

	private static KeyFile open(String property, Path file) {
		try {
			return KeyFile.open(file);
		}
		catch (IOException ex) {
			throw unreadable(property);
		}
		catch (IllegalArgumentException ex) {
			throw wrong(property, ex);
		}
	}

	/** Read the one seed of a file, or the first of several. */
	static AccountKey first(String property, Path file) {
		try {
			return KeyFile.read(file).get(0);
		}
		catch (IOException ex) {
			throw unreadable(property);
		}
		catch (IllegalArgumentException ex) {
			throw wrong(property, ex);
		}
	}

	private static InvalidPropertyException unreadable(String property) {
		return new InvalidPropertyException(property, "names a file that cannot be read",
				"Set it to a file that this process may read.");
	}

	private static InvalidPropertyException wrong(String property, IllegalArgumentException problem) {
		return new InvalidPropertyException(property, "names a file that " + problem.getMessage(),
				"Write one secret seed a line, 56 characters that begin with S; lines with # are left out.");
	}

	private static RemoteSigner signer(String property, RemoteSignerProperties remote, SslBundles bundles) {
		String name = remote.bundle();
		try {
			RemoteSigner signer = new RemoteSigner(remote.place(), remote.account(), remote.timeout(),
					bundles.getBundle(name).createSslContext());
			bundles.addBundleUpdateHandler(name, (bundle) -> signer.use(bundle.createSslContext()));
			return signer;
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidPropertyException(property, "names an SSL bundle that there is not: '" + name + "'",
					"Describe it under spring.ssl.bundle.pem." + name + " or spring.ssl.bundle.jks." + name + ".");
		}
	}

	@Override
	public List<AccountSigner> signers() {
		Map<String, AccountSigner> signers = new LinkedHashMap<>();
		this.places
			.forEach((place) -> place.signers().forEach((signer) -> signers.putIfAbsent(signer.address(), signer)));
		return List.copyOf(signers.values());
	}

	/**
	 * Return what is wrong with files that were read before.
	 * @return for each that is, its name and why it was not taken
	 */
	public List<String> problems() {
		return this.files.stream().flatMap((file) -> file.problem().map((why) -> file + " " + why).stream()).toList();
	}

	/**
	 * Return the spenders for which nothing is signed now.
	 * @return their addresses
	 */
	public List<String> failing() {
		return this.signers.stream().filter(GuardedSigner::isFailing).map(GuardedSigner::address).toList();
	}

	@Override
	public void close() {
		this.files.forEach(KeyFile::close);
		this.signers.forEach(GuardedSigner::close);
	}

}
