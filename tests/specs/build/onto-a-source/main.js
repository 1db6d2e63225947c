console.log('still here');
