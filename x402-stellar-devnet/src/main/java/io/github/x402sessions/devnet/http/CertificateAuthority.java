package io.github.x402sessions.devnet.http;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of this network alone, for clients that speak HTTPS only. It is
 * made anew at every start and signs one certificate, for this machine; its key is not
 * stored.
 */
final class CertificateAuthority {

	private static final X500Name NAME = new X500Name("CN=x402 Stellar devnet CA");

	private static final Duration LIFE = Duration.ofDays(365);

	private final SecureRandom random = new SecureRandom();

	private final KeyPair key;

	private final X509Certificate certificate;

	private CertificateAuthority() throws GeneralSecurityException, OperatorCreationException, IOException {
		this.key = newKey();
		X509v3CertificateBuilder own = certificate(NAME, this.key);
		own.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
		own.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
		this.certificate = sign(own);
	}

	/**
	 * Makes an authority.
	 * @throws IllegalStateException if Bouncy Castle is not there
	 */
	static CertificateAuthority create() {
		try {
			return new CertificateAuthority();
		}
		catch (NoClassDefFoundError ex) {
			throw new IllegalStateException("HTTPS needs org.bouncycastle:bcpkix-jdk18on on the class path", ex);
		}
		catch (GeneralSecurityException | OperatorCreationException | IOException ex) {
			throw new IllegalStateException("no certificate could be made", ex);
		}
	}

	/** The authority's certificate, PEM. */
	String pem() {
		StringWriter text = new StringWriter();
		try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
			writer.writeObject(this.certificate);
		}
		catch (IOException ex) {
			throw new IllegalStateException("a certificate is always written", ex);
		}
		return text.toString();
	}

	/** The TLS context of a server on this machine, also reached by the given address. */
	SSLContext serverContext(InetAddress address) {
		try {
			KeyPair own = newKey();
			X509v3CertificateBuilder builder = certificate(new X500Name("CN=localhost"), own);
			builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
			builder.addExtension(Extension.extendedKeyUsage, false,
					new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
			builder.addExtension(Extension.subjectAlternativeName, false,
					new GeneralNames(new GeneralName[] { new GeneralName(GeneralName.dNSName, "localhost"),
							new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
							new GeneralName(GeneralName.iPAddress, "::1"),
							new GeneralName(GeneralName.iPAddress, address.getHostAddress()) }));
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			store.setKeyEntry("server", own.getPrivate(), new char[0],
					new Certificate[] { sign(builder), this.certificate });
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, new char[0]);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), null, this.random);
			return context;
		}
		catch (GeneralSecurityException | OperatorCreationException | IOException ex) {
			throw new IllegalStateException("no certificate could be made", ex);
		}
	}

	private KeyPair newKey() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"), this.random);
		return generator.generateKeyPair();
	}

	private X509v3CertificateBuilder certificate(X500Name subject, KeyPair of) {
		Instant now = Instant.now();
		return new JcaX509v3CertificateBuilder(NAME, new BigInteger(120, this.random),
				Date.from(now.minus(Duration.ofHours(1))), Date.from(now.plus(LIFE)), subject, of.getPublic());
	}

	private X509Certificate sign(X509v3CertificateBuilder certificate)
			throws GeneralSecurityException, OperatorCreationException {
		return new JcaX509CertificateConverter().getCertificate(
				certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(this.key.getPrivate())));
	}

}
