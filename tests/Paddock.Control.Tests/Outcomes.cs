using Paddock.Core.Identity;
using Paddock.Core.Releases;

namespace Paddock.Control.Tests;

/// <summary>Says which outcome a use case must have.</summary>
internal static class Outcomes
{
    public static T ShouldBeDone<T>(this Outcome<T> outcome) => outcome.ShouldBeOfType<Outcome<T>.Done>().Value;

    public static void ShouldBeForbidden<T>(this Outcome<T> outcome, ControlRoles needed) => outcome.ShouldBeOfType<Outcome<T>.Forbidden>().Needed.ShouldBe(needed);

    public static void ShouldBeNotAllowed<T>(this Outcome<T> outcome, string says) => outcome.ShouldBeOfType<Outcome<T>.NotAllowed>().Message.ShouldContain(says);

    public static void ShouldBeInvalid<T>(this Outcome<T> outcome, string field) => outcome.ShouldBeOfType<Outcome<T>.Invalid>().Field.ShouldBe(field);

    public static void ShouldBeMissing<T>(this Outcome<T> outcome) => outcome.ShouldBeOfType<Outcome<T>.NotFound>();

    public static void ShouldBeConflict<T>(this Outcome<T> outcome) => outcome.ShouldBeOfType<Outcome<T>.Conflict>();

    public static IReadOnlyList<ReleaseFault> ShouldBeFaulty<T>(this Outcome<T> outcome) => outcome.ShouldBeOfType<Outcome<T>.Faulty>().Faults;
}
