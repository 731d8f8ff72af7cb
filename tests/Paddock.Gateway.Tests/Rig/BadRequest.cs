using System.Globalization;
using System.Text;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>What a client does after it has sent its bytes.</summary>
public enum Then
{
    Wait,
    HalfClose,
}

/// <summary>A request that must not reach a provider.</summary>
/// <param name="Status">Expected; 0 is a closed connection without an answer.</param>
/// <param name="Code">The error's code (OpenAI's wires) that is expected; null when Kestrel answers by itself, without a body.</param>
public sealed record BadRequest(string Name, string Path, byte[] Bytes, int Status, string? Code, Then Then = Then.Wait)
{
    public override string ToString() => Name;
}

/// <summary>Everything a client can do wrong, once for each wire where the wire matters.</summary>
public static class BadRequests
{
    public const int MaxBody = 100_000;

    /// <summary>Stands for the key.</summary>
    public const string Key = "{KEY}";

    private static readonly string[] Paths = ["/v1/chat/completions", "/v1/responses", "/v1/messages"];

    public static IEnumerable<BadRequest> All => [.. Paths.SelectMany(Bodies), .. Paths.SelectMany(Twice), .. Encodings, .. Oversized, .. Protocol, .. HalfClosed, .. Paddock, .. Keys];

    private static IEnumerable<BadRequest> Bodies(string path)
    {
        yield return Malformed(path, "empty", "");
        yield return Malformed(path, "no JSON", "model=m");
        yield return Malformed(path, "cut off", """{"model":"m","messages":[{"role":"user","content":"hi""");
        yield return Malformed(path, "something behind it", """{"model":"m"} x""");
        yield return Malformed(path, "two documents", """{"model":"m"}{"model":"m"}""");
        yield return Malformed(path, "an array", """[{"model":"m"}]""");
        yield return Malformed(path, "a byte order mark", "\ufeff{\"model\":\"m\"}");
        yield return Malformed(path, "a comment", """{"model":"m"/* */}""");
        yield return Malformed(path, "a comma too many", """{"model":"m",}""");
        yield return Malformed(path, "a control character", "{\"model\":\"m\",\"x\":\"\u0001\"}");
        yield return Malformed(path, "nested 10,000 deep", $$"""{"model":"m","x":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""");
        yield return Malformed(path, "no model", """{"messages":[]}""");
        yield return Malformed(path, "a number for a model", """{"model":1}""");
        yield return Malformed(path, "half a surrogate for a model", """{"model":"\ud800"}""");
        yield return Malformed(path, "half a surrogate for a name", """{"model":"m","\udc00":1}""");
        yield return Malformed(path, "a text for stream", """{"model":"m","stream":"true"}""");
        yield return new($"{path}: UTF-16", path, Post(path, Encoding.Unicode.GetBytes("""{"model":"m"}""")), 400, "malformed_body");
        yield return new($"{path}: Latin-1", path, Post(path, Encoding.Latin1.GetBytes("""{"model":"é"}""")), 400, "malformed_body");
        yield return new($"{path}: an overlong NUL", path, Post(path, [.. "{\"model\":\""u8, 0xC0, 0x80, .. "\"}"u8]), 400, "malformed_body");
        yield return new($"{path}: a form", path, Post(path, "{}"u8.ToArray(), "Content-Type: application/x-www-form-urlencoded"), 415, "unsupported_media_type");
        if (path == "/v1/responses")
        {
            yield return Malformed(path, "background", """{"model":"m","background":true}""", "unsupported_feature");
            yield return Malformed(path, "a stored prompt", """{"model":"m","prompt":{"id":"pmpt_1"}}""", "unsupported_feature");
        }
    }

    private static IEnumerable<BadRequest> Twice(string path)
    {
        yield return Malformed(path, "model twice", """{"model":"m","model":"n"}""", "duplicate_member");
        yield return Malformed(path, "model twice, once escaped", """{"model":"m","\u006dodel":"n"}""", "duplicate_member");
        yield return Malformed(path, "a member of metadata twice", """{"model":"m","metadata":{"user_id":"a","user_\u0069d":"b"}}""", "duplicate_member");
        yield return Malformed(path, "an unknown member twice", """{"model":"m","x":1,"x":2}""", "duplicate_member");
        if (path == "/v1/responses")
        {
            yield return Malformed(path, "a member of client metadata twice", """{"model":"m","client_metadata":{"session_id":"a","session_id":"b"}}""", "duplicate_member");
            yield return Malformed(path, "a text twice in a part of an item", """{"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"a","text":"b"}]}]}""", "duplicate_member");
            yield return Malformed(path, "a role twice in an item", """{"model":"m","input":[{"role":"user","role":"system","content":"x"}]}""", "duplicate_member");
        }
        else
        {
            yield return Malformed(path, "a text twice in a part of a turn", """{"model":"m","messages":[{"content":["x",{"type":"text","text":"a","te\u0078t":"b"}],"role":"user"}]}""", "duplicate_member");
            yield return Malformed(path, "a role twice in a turn", """{"model":"m","messages":[{"role":"user","rol\u0065":"system","content":"x"}]}""", "duplicate_member");
        }
    }

    private static BadRequest Malformed(string path, string name, string body, string code = "malformed_body") => new($"{path}: {name}", path, Post(path, Encoding.UTF8.GetBytes(body)), 400, code);

    private static IEnumerable<BadRequest> Encodings
    {
        get
        {
            const string path = "/v1/chat/completions";
            var good = Cuts.Pack("{\"model\":\"m\"}"u8.ToArray(), "gzip");
            yield return new("an unknown coding", path, Post(path, good, "Content-Encoding: snappy"), 415, "unsupported_encoding");
            yield return new("two codings", path, Post(path, good, "Content-Encoding: gzip, br"), 415, "unsupported_encoding");
            yield return new("two coding headers", path, Post(path, good, "Content-Encoding: gzip", "Content-Encoding: gzip"), 415, "unsupported_encoding");
            yield return new("not gzip at all", path, Post(path, "{\"model\":\"m\"}"u8.ToArray(), "Content-Encoding: gzip"), 400, "malformed_body");
            yield return new("not br at all", path, Post(path, "{\"model\":\"m\"}"u8.ToArray(), "Content-Encoding: br"), 400, "malformed_body");
            yield return new("gzip of nothing", path, Post(path, Cuts.Pack([], "gzip"), "Content-Encoding: gzip"), 400, "malformed_body");
            yield return new("a bomb", path, Post(path, Cuts.Pack(new byte[50_000_000], "gzip"), "Content-Encoding: gzip"), 413, "body_too_large");
            yield return new("a bomb of br", path, Post(path, Cuts.Pack(new byte[50_000_000], "br"), "Content-Encoding: br"), 413, "body_too_large");
        }
    }

    private static IEnumerable<BadRequest> Oversized => Paths.SelectMany(path => new BadRequest[]
    {
        new($"{path}: too long, and says so", path, Head("POST", path, $"Content-Length: {MaxBody + 1}"), 413, "body_too_large"),
        new($"{path}: longer than a number", path, Head("POST", path, "Content-Length: 99999999999999999999"), 400, null),
        new($"{path}: too long, in chunks", path, [.. Head("POST", path, "Transfer-Encoding: chunked"), .. Enumerable.Repeat(Answers.Chunk(new byte[10_000]), 11).SelectMany(chunk => chunk)], 413, "body_too_large"),
    });

    private static IEnumerable<BadRequest> Protocol
    {
        get
        {
            const string path = "/v1/chat/completions";
            yield return new("no HTTP", path, "hello\r\n\r\n"u8.ToArray(), 400, null);
            yield return new("no host", path, Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), 400, null);
            yield return new("two lengths", path, Head("POST", path, "Content-Length: 2", "Content-Length: 3"), 400, null);
            yield return new("a negative length", path, Head("POST", path, "Content-Length: -1"), 400, null);
            yield return new("a bad chunk", path, [.. Head("POST", path, "Transfer-Encoding: chunked"), .. "zz\r\n"u8], 400, null);
            yield return new("an unknown transfer coding", path, Head("POST", path, "Transfer-Encoding: odd"), 400, null);
            yield return new("a header too long", path, Head("POST", path, "X-Long: " + new string('x', 40_000)), 431, null);
            yield return new("a NUL in a header", path, Head("POST", path, "X-Odd: a\0b"), 400, null);
            yield return new("a line feed in a header's name", path, Head("POST", path, "X\n-Odd: a"), 400, null);
            yield return new("a path that climbs", "/v1/../control", Head("POST", "/v1/%2e%2e/%2e%2e/etc/passwd", "Content-Length: 0"), 404, null);
        }
    }

    private static IEnumerable<BadRequest> HalfClosed
    {
        get
        {
            const string path = "/v1/messages";
            yield return new("half a head, then closed", path, Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nAuth"), 400, null, Then.HalfClose);
            yield return new("a head, then closed", path, Head("POST", path, "Content-Length: 50"), 0, null, Then.HalfClose);
            yield return new("half a body, then closed", path, [.. Head("POST", path, "Content-Length: 50"), .. "{\"model\":\"m\""u8], 0, null, Then.HalfClose);
            yield return new("half a chunk, then closed", path, [.. Head("POST", path, "Transfer-Encoding: chunked"), .. "ff\r\n{\"mod"u8], 0, null, Then.HalfClose);
            yield return new("half a gzip", path, Post(path, Cuts.Pack(Encoding.UTF8.GetBytes($"{{\"model\":\"{Guid.Empty}\"}}"), "gzip")[..^12], "Content-Encoding: gzip"), 400, "malformed_body");
        }
    }

    private static IEnumerable<BadRequest> Paddock
    {
        get
        {
            yield return new("an unknown path", "/v1/embeddings", Post("/v1/embeddings", "{}"u8.ToArray()), 404, "unknown_path");
            yield return new("an unknown path of messages", "/v1/messages/batches", Post("/v1/messages/batches", "{}"u8.ToArray()), 404, "unknown_path");
            yield return new("a stored response", "/v1/responses/resp_1", Head("GET", "/v1/responses/resp_1"), 404, "unknown_path");
            yield return new("a path doubled", "/v1//chat/completions", Post("/v1//chat/completions", "{}"u8.ToArray()), 404, "unknown_path");
            yield return new("the wrong method", "/v1/chat/completions", Head("GET", "/v1/chat/completions"), 404, "unknown_path");
            yield return new("a method of its own", "/v1/messages", Head("BREW", "/v1/messages"), 404, "unknown_path");
            yield return new("a WebSocket", "/v1/responses", Head("GET", "/v1/responses", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="), 426, "web_socket_unsupported");
        }
    }

    private static IEnumerable<BadRequest> Keys => Paths.SelectMany(path => new BadRequest[]
    {
        new($"{path}: no key", path, With(path, null), 401, "missing_key"),
        new($"{path}: a key of somebody else's making", path, With(path, "sk-ant-api03-abcdefghijklmnop"), 401, "malformed_key"),
        new($"{path}: a key mistyped", path, With(path, "pk_00000000_00000000000000000000000000000000000000"), 401, "malformed_key"),
        new($"{path}: a very long key", path, With(path, "pk_" + new string('0', 10_000)), 401, "malformed_key"),
        new($"{path}: a key in another alphabet", path, With(path, "pk_ключ"), 401, "malformed_key"),
    });

    private static byte[] With(string path, string? key)
    {
        var authorization = key is null ? "" : $"Authorization: Bearer {key}\r\n";
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: paddock\r\n{authorization}Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{{\"model\":\"m\"}}"));
    }

    private static byte[] Post(string path, byte[] body, params string[] headers) =>
        [.. Head("POST", path, [.. headers.Any(header => header.StartsWith("Content-Type", StringComparison.Ordinal)) ? (string[])[] : ["Content-Type: application/json"], .. headers, $"Content-Length: {body.Length}"]), .. body];

    private static byte[] Head(string method, string path, params string[] headers) =>
        Encoding.Latin1.GetBytes($"{method} {path} HTTP/1.1\r\nHost: paddock\r\nx-api-key: {Key}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
}
