package io.github.x402sessions.core.payment;

/** The access that a call of something priced gets. */
public enum Access {

	/** It is charged. */
	CHARGE,

	/** It is served free of charge. */
	GRANT,

	/** It is refused. */
	DENY

}
