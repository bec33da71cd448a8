/**
 * What the stream remembers between records, generated from {@code src/main/avro}. Private to the
 * stream: nobody else reads these records.
 */
package dev.emend.stream.state;
