// /governance is a folder to a plain web server: this makes it an address of the app everywhere.
const view = new URLSearchParams(location.search);
view.set('page', 'governance');
location.replace(`../index.html?${view}`);
