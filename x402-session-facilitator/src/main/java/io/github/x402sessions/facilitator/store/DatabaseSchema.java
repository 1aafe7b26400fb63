package io.github.x402sessions.facilitator.store;

/**
 * The treatment of the database's schema before it is used.
 */
public enum DatabaseSchema {

	/** They are made where there are none, and brought up to date. */
	MIGRATED,

	/** They have to be there, of this version. Nothing is made or changed. */
	REQUIRED

}
