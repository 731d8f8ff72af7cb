using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Testing;

namespace Paddock.Core.Tests.Audit;

public sealed class EntryTests
{
    private static readonly Guid id = Guid.Parse("01976f20-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly SealingKey key = new("nam_1", new byte[32]);

    private static readonly Gen<string> texts = Gen.Char.Array[0, 12].Select(static chars => new string(chars));

    private static readonly Gen<AuditValue> values = Gen.Recursive<AuditValue>((depth, inner) => depth > 2
        ? texts.Select(static text => (AuditValue)new AuditValue.Text(text))
        : Gen.OneOf(
            texts.Select(static text => (AuditValue)new AuditValue.Text(text)),
            Gen.Long.Select(static number => (AuditValue)new AuditValue.Number(number)),
            Gen.Bool.Select(static flag => (AuditValue)new AuditValue.Flag(flag)),
            texts.Array[0, 3].Select(static all => (AuditValue)new AuditValue.Texts([.. all])),
            texts.Select(static text => (AuditValue)new AuditValue.Sealed(Encoding.UTF8.GetBytes(text))),
            inner.Array[0, 3].Select(static all => (AuditValue)new AuditValue.List([.. all])),
            inner.Array[0, 3].Select(static all => (AuditValue)new AuditValue.Members([.. all.Select(static (value, i) => new AuditFact($"m{(i * 7) % 5}", value))]))));

    [Fact]
    public void Whatever_happened_its_entry_is_canonical_json() =>
        values.Array[0, 6].Sample(
            all =>
            {
                var entry = Enter([.. all.Select(static (value, i) => new AuditFact($"x{9 - i}", value))]);
                CanonicalJson.Of(entry.Bytes).ShouldBe(Encoding.UTF8.GetString(entry.Bytes.Span));
            },
            iter: Samples.Of(2000));

    [Fact]
    public void An_entry_says_who_did_what_and_when()
    {
        var entry = Enter([AuditFact.Of("rel", "sha256:1"), AuditFact.Of("rules", ["git/push"])]);

        Encoding.UTF8.GetString(entry.Bytes.Span).ShouldBe(
            """{"act":"tool.intent","actor":{"id":"codex","sub":"usr_1","type":"agent","via":"key_1"},"id":"01976f20-0000-7000-8000-000000000001","mut":true,"ref":"dec_1","rel":"sha256:1","rules":["git/push"],"t":"2026-03-04T12:00:00.123Z","v":1}""");
    }

    [Fact]
    public void A_sealed_value_is_not_in_the_entry_and_is_proved_by_value_and_salt()
    {
        var entry = Enter([AuditFact.Sealed("res", "repo:corp/payments"), new("payload", new AuditValue.List([new AuditValue.Sealed("zebra"u8.ToArray()) { Beside = [AuditFact.Of("f", "args")] }]))]);

        using var json = JsonDocument.Parse(entry.Bytes);
        var (res, args) = (json.RootElement.GetProperty("res"), json.RootElement.GetProperty("payload")[0]);
        Encoding.UTF8.GetString(entry.Bytes.Span).ShouldNotContain("payments");
        res.GetProperty("c").GetString().ShouldBe(Convert.ToBase64String(HMACSHA256.HashData(key.Salt(id, "res"), "repo:corp/payments"u8)));
        res.GetProperty("len").GetInt32().ShouldBe(18);
        args.GetProperty("f").GetString().ShouldBe("args");
        args.GetProperty("c").GetString().ShouldBe(Convert.ToBase64String(HMACSHA256.HashData(key.Salt(id, "payload[0]"), "zebra"u8)));
    }

    [Fact]
    public void Equal_values_do_not_look_equal()
    {
        using var json = JsonDocument.Parse(Enter([AuditFact.Sealed("one", "same"), AuditFact.Sealed("two", "same")]).Bytes);

        json.RootElement.GetProperty("one").GetProperty("c").GetString().ShouldNotBe(json.RootElement.GetProperty("two").GetProperty("c").GetString());
    }

    [Fact]
    public void What_is_longer_than_an_entry_may_be_is_a_mistake() =>
        Should.Throw<ArgumentException>(() => Enter([AuditFact.Of("x", new string('x', AuditEntry.Longest))])).Message.ShouldContain("65535");

    [Fact]
    public void A_member_that_is_there_twice_is_a_mistake() =>
        Should.Throw<ArgumentException>(() => Enter([AuditFact.Of("act", "x")])).Message.ShouldContain("act");

    private static AuditEntry Enter(AuditFact[] facts) => AuditEntry.Of(
        new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Agent("codex", "usr_1", "key_1"), Ref = "dec_1", Facts = [.. facts] }, id, noon, key);
}
