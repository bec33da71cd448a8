/**
 * The records on the wire, generated from {@code src/main/avro}. They know neither how they travel
 * nor what is done with them.
 */
package dev.emend.event;
