using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Core.Tests.Audit.Payloads;

public sealed class DataKeyTests
{
    private static readonly DateTimeOffset november = new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero);
    private static readonly Gen<byte[]> Bytes32 = Gen.Byte.Array[32];

    [Fact]
    public void An_id_says_class_and_month_and_is_read_back()
    {
        var id = DataKeyId.Create("names", november, [1, 2, 3, 4, 5, 6, 7, 8]);

        id.Value.ShouldBe("dek_names_2026-11_0102030405060708");
        (id.Class, id.Month).ShouldBe(("names", new DateOnly(2026, 11, 1)));
        DataKeyId.Parse(id.Value).ShouldBe(id);
    }

    [Fact]
    public void The_month_is_that_of_greenwich() =>
        DataKeyId.Create("names", new(2026, 12, 1, 0, 30, 0, TimeSpan.FromHours(1)), new byte[8]).Month.ShouldBe(new DateOnly(2026, 11, 1));

    [Theory]
    [InlineData("dek__2026-11_0102030405060708")]
    [InlineData("dek_Names_2026-11_0102030405060708")]
    [InlineData("dek_na/mes_2026-11_0102030405060708")]
    [InlineData("dek_names_2026-13_0102030405060708")]
    [InlineData("dek_names_2026-11_010203040506070")]
    [InlineData("dek_names_2026-11_010203040506070G")]
    [InlineData("dek_../x_2026-11_0102030405060708")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_id_is_not_taken_for_one(string? text) => DataKeyId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void What_was_sealed_opens_with_everything_the_same_and_with_nothing_else() =>
        Gen.Select(Bytes32, Bytes32, Gen.Byte.Array[12], Gen.Byte.Array[0, 200]).Sample((secret, salt, nonce, plain) =>
        {
            var key = Key(secret);
            var closed = key.Seal(salt, nonce, plain, "row 1"u8);

            closed.Length.ShouldBe(plain.Length + DataKey.TagLength);
            key.Open(salt, nonce, closed, "row 1"u8).ShouldBe(plain);
            key.Open(salt, nonce, closed, "row 2"u8).ShouldBeNull();
            key.Open(Changed(salt), nonce, closed, "row 1"u8).ShouldBeNull();
            key.Open(salt, Changed(nonce), closed, "row 1"u8).ShouldBeNull();
            key.Open(salt, nonce, Changed(closed), "row 1"u8).ShouldBeNull();
            Key(Changed(secret)).Open(salt, nonce, closed, "row 1"u8).ShouldBeNull();
        });

    [Fact]
    public void Commitments_of_entries_are_by_a_key_of_their_own()
    {
        var entry = Guid.Parse("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000");
        var key = Key(new byte[32]);

        key.ToSealingKey().Salt(entry, "res").ShouldBe(key.ToSealingKey().Salt(entry, "res"));
        key.ToSealingKey().Id.ShouldBe(key.Id.Value);
        new[] { key.ToSealingKey().Salt(entry, "res"), key.ToSealingKey().Salt(entry, "re"), Key(Changed(new byte[32])).ToSealingKey().Salt(entry, "res"), key.Hash("entries", []), key.Hash("payload", []) }
            .Select(Convert.ToHexString).ShouldBeUnique();
    }

    [Fact]
    public void The_hash_is_the_one_of_its_definition()
    {
        var secret = Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray();
        var expected = HMACSHA256.HashData(HKDF.Expand(HashAlgorithmName.SHA256, secret, 32, "paddock/data-key/hash/v1"u8.ToArray()), (byte[])[0, 0, 0, 4, .. "mask"u8, .. Encoding.UTF8.GetBytes("größe")]);

        Key(secret).Hash("mask", Encoding.UTF8.GetBytes("größe")).ShouldBe(expected);
    }

    private static DataKey Key(byte[] secret) => new(DataKeyId.Create("content", november, new byte[8]), secret);

    private static byte[] Changed(byte[] bytes)
    {
        var other = bytes.ToArray();
        other[^1] ^= 1;
        return other;
    }
}
