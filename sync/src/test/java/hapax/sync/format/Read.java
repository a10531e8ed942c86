package hapax.sync.format;

import hapax.reconstruct.MessageInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that a source gives, read out for tests. */
final class Read implements Problems {
  record Message(
      String text, Optional<Set<String>> flags, Instant date, Optional<String> identity) {}

  final Map<String, List<Message>> folders = new LinkedHashMap<>();
  final List<String> failed = new ArrayList<>();
  final List<String> skipped = new ArrayList<>();

  static Read of(String word) throws IOException {
    return of(MailSource.of(word, new ByteArrayInputStream(new byte[0])));
  }

  static Read of(MailSource source) throws IOException {
    Read read = new Read();
    LoadBuffer buffer = new LoadBuffer();
    for (SourceFolder folder : source.folders(read)) {
      List<Message> messages =
          read.folders.computeIfAbsent(String.join("/", folder.levels()), n -> new ArrayList<>());
      folder.messages(run -> run.forEach(m -> read.take(m, buffer, messages)), read);
    }
    return read;
  }

  private void take(SourceMessage message, LoadBuffer buffer, List<Message> messages) {
    try {
      Optional<String> identity = message.label().map(SourceMessage.Label::identity);
      LoadedMessage loaded = message.load(buffer);
      String text = new String(bytes(loaded.input()), StandardCharsets.ISO_8859_1);
      messages.add(new Message(text, message.flags(), loaded.date(), identity));
    } catch (IOException unreadable) {
      failed(message.place(), Reasons.of(unreadable));
    }
  }

  static byte[] bytes(MessageInput input) throws IOException {
    if (input instanceof MessageInput.Bytes bytes) {
      return Arrays.copyOf(bytes.array(), bytes.length());
    }
    if (input instanceof MessageInput.File file) {
      byte[] all = Files.readAllBytes(file.file());
      return Arrays.copyOfRange(
          all, (int) file.from(), (int) (file.to() < 0 ? all.length : file.to()));
    }
    try (InputStream stream = ((MessageInput.Stream) input).stream()) {
      return stream.readAllBytes();
    }
  }

  List<String> texts(String folder) {
    return folders.getOrDefault(folder, List.of()).stream().map(Message::text).toList();
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void failed(String place, String reason) {
    failed.add(place + ": " + reason);
  }

  @Override
  public void skipped(String place, String reason) {
    skipped.add(place + ": " + reason);
  }
}
