using CsCheck;
using Paddock.Core.Identity;
using Paddock.Testing;

namespace Paddock.Core.Tests.Identity;

public sealed class KeyTokenTests
{
    private static readonly Gen<string> Tokens = Gen.Byte.Array[40].Select(random => KeyToken.Create(random).Reveal());

    [Fact]
    public void Every_key_that_is_made_is_well_formed_and_begins_with_what_may_be_shown() => Tokens.Sample(token =>
    {
        KeyToken.IsWellFormed(token).ShouldBeTrue();
        token.Length.ShouldBe(KeyToken.Length);
        token.ShouldStartWith(KeyToken.PrefixOf(token));
    });

    [Fact]
    public void A_key_with_one_character_mistyped_is_never_taken_for_one() =>
        Gen.Select(Tokens, Gen.Int[0, KeyToken.Length - 1], Gen.Char.AlphaNumeric).Where((token, at, typed) => token[at] != typed).Sample((token, at, typed) =>
            KeyToken.IsWellFormed(token[..at] + typed + token[(at + 1)..]).ShouldBeFalse(), iter: Samples.Of(5_000));

    [Fact]
    public void A_key_cut_off_or_with_more_behind_it_is_never_taken_for_one() => Tokens.Sample(token =>
    {
        KeyToken.IsWellFormed(token.AsSpan(0, token.Length - 1)).ShouldBeFalse();
        KeyToken.IsWellFormed(token + "0").ShouldBeFalse();
        KeyToken.IsWellFormed("").ShouldBeFalse();
    });
}
