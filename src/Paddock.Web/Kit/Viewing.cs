using Paddock.Web.Identity;

namespace Paddock.Web.Kit;

/// <summary>Who looks at a page, where and when; every component of the page has it by cascade.</summary>
/// <param name="Title">Of the page, as it came.</param>
/// <param name="Session">Null before anybody signed in.</param>
/// <param name="Path">Of the request.</param>
/// <param name="Operators">Whether the pages for operators are there on this listener.</param>
internal sealed record Viewing(string Title, ConsoleSession? Session, string Path, bool Operators, Theme Theme, DateTimeOffset Now);
